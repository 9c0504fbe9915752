import {
    createPrivateKey,
    createPublicKey,
    generateKeyPair,
    type KeyExportOptions,
    type KeyObject,
} from "node:crypto";
import { promisify } from "node:util";

const generate = promisify(generateKeyPair);

export const algorithms = ["RSA", "ECDSA", "ED25519"] as const;
export type Algorithm = (typeof algorithms)[number];

interface Curve {
    readonly openssl: string;
    readonly hash: "sha256" | "sha384" | "sha512";
}

/** The hash is the one a signature by a key of that curve is made with. */
export const curves: Readonly<Record<string, Curve>> = {
    P224: { openssl: "secp224r1", hash: "sha256" },
    P256: { openssl: "prime256v1", hash: "sha256" },
    P384: { openssl: "secp384r1", hash: "sha384" },
    P521: { openssl: "secp521r1", hash: "sha512" },
};

const algorithmOfKeyType: Readonly<Record<string, Algorithm>> = {
    rsa: "RSA",
    ec: "ECDSA",
    ed25519: "ED25519",
};

export interface KeySpec {
    readonly algorithm: Algorithm;
    readonly rsaBits: number;
    readonly ecdsaCurve: string;
}

export async function generatePrivateKey(spec: KeySpec): Promise<KeyObject> {
    switch (spec.algorithm) {
        case "RSA":
            return (await generate("rsa", { modulusLength: spec.rsaBits })).privateKey;
        case "ECDSA":
            return (await generate("ec", { namedCurve: curves[spec.ecdsaCurve]!.openssl }))
                .privateKey;
        case "ED25519":
            return (await generate("ed25519")).privateKey;
    }
}

export function algorithmOf(key: KeyObject): Algorithm | undefined {
    return algorithmOfKeyType[key.asymmetricKeyType ?? ""];
}

/** The curve of an ECDSA key, by the name the resources use. */
export function curveOf(key: KeyObject): string | undefined {
    const { namedCurve } = key.asymmetricKeyDetails ?? {};
    return Object.keys(curves).find((name) => curves[name]!.openssl === namedCurve);
}

/** Undefined when the text holds no unencrypted private key of a supported algorithm. */
export function parsePrivateKey(pem: string): KeyObject | undefined {
    try {
        const key = createPrivateKey(pem);
        const algorithm = algorithmOf(key);
        const supported = algorithm === "ECDSA" ? curveOf(key) : algorithm;
        return supported === undefined ? undefined : key;
    } catch {
        return undefined;
    }
}

/** PKCS#1 for RSA, SEC 1 for ECDSA, PKCS#8 for ED25519, which has no format of its own. */
export function privateKeyPem(key: KeyObject): string {
    const formats: Record<Algorithm, KeyExportOptions<"pem">["type"]> = {
        RSA: "pkcs1",
        ECDSA: "sec1",
        ED25519: "pkcs8",
    };
    return key.export({ type: formats[algorithmOf(key)!], format: "pem" }).toString();
}

export function publicKeyDer(privateKey: KeyObject): Buffer {
    return createPublicKey(privateKey).export({ type: "spki", format: "der" });
}
