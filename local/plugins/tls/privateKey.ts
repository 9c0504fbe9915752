import { createHash, createPublicKey, generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import type { PrivateKeyArgs } from "@pulumi/tls";
import type { Plain } from "../protocol/values";
import { oneOf } from "../protocol/shapes";
import { integer } from "./inputs";
import { algorithms, curves, kindOf, publicKeyDer } from "./keys";
import { toOpenssh } from "./openssh";
import type { TlsResource } from "./resource";

const generate = promisify(generateKeyPair);

/** OpenSSH does not know the curve P224: its forms of such a key are empty. */
const withoutOpenssh: ReturnType<typeof toOpenssh> = {
    privateKeyOpenssh: "",
    publicKeyOpenssh: "",
    publicKeyFingerprintMd5: "",
    publicKeyFingerprintSha256: "",
};

export const privateKey: TlsResource<Plain<PrivateKeyArgs>> = {
    inputs: {
        algorithm: { shape: oneOf(algorithms), required: true },
        // Below 1024 bits Go refuses to use the key.
        rsaBits: { shape: integer(1024, 16384), default: 2048 },
        ecdsaCurve: { shape: oneOf(curves), default: "P224" },
    },
    computed: [
        "privateKeyPem",
        "privateKeyPemPkcs8",
        "publicKeyPem",
        ...Object.keys(withoutOpenssh),
    ],
    async create(inputs) {
        const key = await generated(inputs);
        const { curve, format } = kindOf(key);
        return {
            id: createHash("sha1").update(publicKeyDer(key)).digest("hex"),
            computed: {
                privateKeyPem: key.export({ type: format, format: "pem" }).toString(),
                privateKeyPemPkcs8: key.export({ type: "pkcs8", format: "pem" }).toString(),
                publicKeyPem: createPublicKey(key)
                    .export({ type: "spki", format: "pem" })
                    .toString(),
                ...(curve === "P224" ? withoutOpenssh : toOpenssh(key)),
            },
        };
    },
};

async function generated({ algorithm, rsaBits, ecdsaCurve }: Plain<PrivateKeyArgs>) {
    switch (algorithm) {
        case "RSA":
            return (await generate("rsa", { modulusLength: rsaBits! })).privateKey;
        case "ECDSA":
            return (await generate("ec", { namedCurve: ecdsaCurve!.replace("P", "P-") }))
                .privateKey;
        default:
            return (await generate("ed25519")).privateKey;
    }
}
