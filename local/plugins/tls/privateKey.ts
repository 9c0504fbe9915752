import { createHash, createPublicKey } from "node:crypto";
import {
    algorithms,
    curves,
    generatePrivateKey,
    privateKeyPem,
    publicKeyDer,
    type Algorithm,
} from "./keys";
import { opensshForms } from "./openssh";
import { open, secret, type TlsResource } from "./resource";

export const privateKey: TlsResource = {
    inputs: {
        algorithm: { kind: "text", required: true, oneOf: algorithms },
        // Below 1024 bits Go refuses to use the key.
        rsaBits: { kind: "integer", default: 2048, range: [1024, 16384] },
        ecdsaCurve: { kind: "text", default: "P224", oneOf: Object.keys(curves) },
    },
    computed: {
        privateKeyPem: secret,
        privateKeyPemPkcs8: secret,
        privateKeyOpenssh: secret,
        publicKeyPem: open,
        publicKeyOpenssh: open,
        publicKeyFingerprintMd5: open,
        publicKeyFingerprintSha256: open,
    },
    problems: () => [],
    async create(inputs) {
        const key = await generatePrivateKey({
            algorithm: inputs.text("algorithm") as Algorithm,
            rsaBits: inputs.integer("rsaBits")!,
            ecdsaCurve: inputs.text("ecdsaCurve")!,
        });
        const openssh = opensshForms(key);
        return {
            id: createHash("sha1").update(publicKeyDer(key)).digest("hex"),
            computed: {
                privateKeyPem: privateKeyPem(key),
                privateKeyPemPkcs8: key.export({ type: "pkcs8", format: "pem" }).toString(),
                privateKeyOpenssh: openssh.privateKey,
                publicKeyPem: createPublicKey(key)
                    .export({ type: "spki", format: "pem" })
                    .toString(),
                publicKeyOpenssh: openssh.publicKey,
                publicKeyFingerprintMd5: openssh.fingerprintMd5,
                publicKeyFingerprintSha256: openssh.fingerprintSha256,
            },
        };
    },
};
