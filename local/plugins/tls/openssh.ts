import { createHash, randomBytes, type KeyObject } from "node:crypto";
import { algorithmOf, curveOf } from "./keys";
import { encodePem } from "./pem";

export interface OpensshKey {
    readonly privateKey: string;
    readonly publicKey: string;
    readonly fingerprintMd5: string;
    readonly fingerprintSha256: string;
}

/** All empty for the curve P224, which OpenSSH does not know. */
export function opensshForms(key: KeyObject): OpensshKey {
    if (curveOf(key) === "P224") {
        return { privateKey: "", publicKey: "", fingerprintMd5: "", fingerprintSha256: "" };
    }
    const { type, publicFields, privateFields } = wireFields(key);
    const blob = Buffer.concat([string(type), ...publicFields]);
    const md5 = createHash("md5").update(blob).digest("hex");
    const sha256 = createHash("sha256").update(blob).digest("base64");
    return {
        privateKey: encodePem("OPENSSH PRIVATE KEY", container(type, blob, privateFields)),
        publicKey: `${type} ${blob.toString("base64")}\n`,
        fingerprintMd5: md5.match(/../g)!.join(":"),
        fingerprintSha256: `SHA256:${sha256.replace(/=+$/, "")}`,
    };
}

function wireFields(key: KeyObject) {
    const jwk = key.export({ format: "jwk" });
    const part = (name: "n" | "e" | "d" | "p" | "q" | "qi" | "x" | "y") =>
        Buffer.from(jwk[name] ?? "", "base64url");
    switch (algorithmOf(key)) {
        case "RSA":
            return {
                type: "ssh-rsa",
                publicFields: [integer(part("e")), integer(part("n"))],
                privateFields: (["n", "e", "d", "qi", "p", "q"] as const).map((name) =>
                    integer(part(name)),
                ),
            };
        case "ECDSA": {
            const curve = `nist${curveOf(key)!.toLowerCase()}`;
            const point = Buffer.concat([Buffer.of(4), part("x"), part("y")]);
            const publicFields = [string(curve), string(point)];
            return {
                type: `ecdsa-sha2-${curve}`,
                publicFields,
                privateFields: [...publicFields, integer(part("d"))],
            };
        }
        default: {
            const seedAndPoint = Buffer.concat([part("d"), part("x")]);
            return {
                type: "ssh-ed25519",
                publicFields: [string(part("x"))],
                privateFields: [string(part("x")), string(seedAndPoint)],
            };
        }
    }
}

/** The file format "openssh-key-v1" without encryption. */
function container(type: string, publicBlob: Buffer, privateFields: readonly Buffer[]): Buffer {
    const check = randomBytes(4);
    const noComment = string("");
    const secrets = Buffer.concat([check, check, string(type), ...privateFields, noComment]);
    const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7]).subarray(0, (8 - (secrets.length % 8)) % 8);
    return Buffer.concat([
        Buffer.from("openssh-key-v1\0"),
        string("none"),
        string("none"),
        string(""),
        Buffer.of(0, 0, 0, 1),
        string(publicBlob),
        string(Buffer.concat([secrets, padding])),
    ]);
}

function string(content: string | Buffer): Buffer {
    const bytes = Buffer.from(content);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
}

/** A positive integer: no leading zeros, except one that keeps it from reading as negative. */
function integer(magnitude: Buffer): Buffer {
    const start = magnitude.findIndex((byte) => byte !== 0);
    const digits = magnitude.subarray(start);
    return string(digits[0]! & 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits);
}
