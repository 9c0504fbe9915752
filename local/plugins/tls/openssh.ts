import type { KeyObject } from "node:crypto";
import { parsePrivateKey } from "sshpk";

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
