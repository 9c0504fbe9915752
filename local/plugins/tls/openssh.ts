import { createPrivateKey, type KeyObject } from "node:crypto";
import { parsePrivateKey, type PrivateKey } from "sshpk";

/** Undefined when the text is in another format. */
export function fromOpenssh(text: string): KeyObject | undefined {
    if (!text.includes("-----BEGIN OPENSSH PRIVATE KEY-----")) {
        return undefined;
    }
    const key = parsePrivateKey(text, "openssh");
    return createPrivateKey(
        key.type === "ed25519" ? { format: "jwk", key: jwkOf(key) } : key.toString("pkcs8"),
    );
}

/** The library writes these keys in a form that OpenSSL does not read. */
function jwkOf({ parts }: PrivateKey) {
    const [x, d] = ["A", "k"].map((wanted) =>
        parts.find(({ name }) => name === wanted)!.data.toString("base64url"),
    );
    return { kty: "OKP", crv: "Ed25519", x, d };
}

export function toOpenssh(privateKey: KeyObject) {
    const pkcs8 = privateKey.export({ type: "pkcs8", format: "pem" });
    const key = parsePrivateKey(pkcs8, "pkcs8");
    key.comment = "";
    return {
        privateKeyOpenssh: key.toString("openssh"),
        publicKeyOpenssh: `${key.toPublic().toString("ssh")}\n`,
        publicKeyFingerprintMd5: key.fingerprint("md5").toString("hex"),
        publicKeyFingerprintSha256: key.fingerprint("sha256").toString(),
    };
}
