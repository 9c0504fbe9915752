import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

export const algorithms = ["RSA", "ECDSA", "ED25519"] as const;

/** What distinguishes the keys of an algorithm, or of one of its curves. */
interface KeyKind {
    readonly algorithm: (typeof algorithms)[number];
    readonly curve?: string;
    readonly hash: string | null;
    /** How certificates name the algorithm together with its hash. */
    readonly signatureId: string;
    /** The format of private keys that is the algorithm's own, if it has one. */
    readonly format: "pkcs1" | "sec1" | "pkcs8";
}

const ecdsa = (curve: string, hash: string, signatureId: string): KeyKind => ({
    algorithm: "ECDSA",
    curve,
    hash,
    signatureId,
    format: "sec1",
});

const rsaWithSha256 = "1.2.840.113549.1.1.11";

/** By OpenSSL's names of them. */
const kinds: Readonly<Record<string, KeyKind>> = {
    rsa: { algorithm: "RSA", hash: "sha256", signatureId: rsaWithSha256, format: "pkcs1" },
    secp224r1: ecdsa("P224", "sha256", "1.2.840.10045.4.3.2"),
    prime256v1: ecdsa("P256", "sha256", "1.2.840.10045.4.3.2"),
    secp384r1: ecdsa("P384", "sha384", "1.2.840.10045.4.3.3"),
    secp521r1: ecdsa("P521", "sha512", "1.2.840.10045.4.3.4"),
    ed25519: { algorithm: "ED25519", hash: null, signatureId: "1.3.101.112", format: "pkcs8" },
};

export const curves = Object.values(kinds).flatMap(({ curve }) => curve ?? []);

/** Of a key that `parsePrivateKey` has accepted or that was made here. */
export function kindOf(key: KeyObject): KeyKind {
    return kinds[key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType!]!;
}

/** Undefined when the text holds no unencrypted private key of a supported algorithm. */
export function parsePrivateKey(text: string): KeyObject | undefined {
    try {
        const key = createPrivateKey(text);
        return kindOf(key) && key;
    } catch {
        return undefined;
    }
}

export function publicKeyDer(privateKey: KeyObject): Buffer {
    return createPublicKey(privateKey).export({ type: "spki", format: "der" });
}
