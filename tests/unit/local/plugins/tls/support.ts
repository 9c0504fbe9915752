import * as assert from "node:assert/strict";
import {
    unwrapSecrets,
    type CheckFailure,
    type DiffResult,
    type PropertyMap,
    type RevealedMap,
} from "../../../../../local/plugins/protocol/provider";
import { tlsProvider } from "../../../../../local/plugins/tls/provider";

const types = {
    PrivateKey: "tls:index/privateKey:PrivateKey",
    CertRequest: "tls:index/certRequest:CertRequest",
    SelfSignedCert: "tls:index/selfSignedCert:SelfSignedCert",
    LocallySignedCert: "tls:index/locallySignedCert:LocallySignedCert",
} as const;
export type Kind = keyof typeof types;

/** The provider's clock stands here; the certificates in these tests count from it. */
export const now = new Date("2026-11-21T09:00:00.250Z");

function request(kind: Kind) {
    return {
        type: types[kind],
        name: "it",
        signal: new AbortController().signal,
        status: () => {},
    };
}

export function providerAt(time: Date) {
    const provider = tlsProvider(() => time);
    return {
        async failures(kind: Kind, news: PropertyMap): Promise<readonly CheckFailure[]> {
            const randomSeed = new Uint8Array();
            const result = await provider.check({ ...request(kind), olds: {}, news, randomSeed });
            assert.deepEqual(result.inputs, news);
            return result.failures ?? [];
        },
        /** The outputs as the engine gets them, secrets still wrapped. */
        async created(kind: Kind, news: PropertyMap, preview = false) {
            assert.deepEqual(await this.failures(kind, news), []);
            return provider.create({ ...request(kind), news, preview });
        },
        async made(kind: Kind, news: PropertyMap): Promise<Record<string, string>> {
            const { id, outputs } = await this.created(kind, news);
            return { id, ...(unwrapSecrets(outputs) as RevealedMap as Record<string, string>) };
        },
        diff(
            kind: Kind,
            oldInputs: PropertyMap,
            news: PropertyMap,
            oldOutputs: PropertyMap = {},
        ): Promise<DiffResult> {
            const old = { id: "1", oldInputs, oldOutputs, ignoreChanges: [] };
            return provider.diff({ ...request(kind), ...old, news });
        },
        read(kind: Kind, inputs: PropertyMap, outputs: PropertyMap) {
            return provider.read({ ...request(kind), id: "1", inputs, outputs });
        },
        update(kind: Kind, oldOutputs: PropertyMap, news: PropertyMap) {
            const old = { id: "1", oldInputs: {}, oldOutputs, ignoreChanges: [] };
            return provider.update!({ ...request(kind), ...old, news, preview: false });
        },
    };
}

export const tls = providerAt(now);

export const keyInputs = {
    RSA: { algorithm: "RSA" },
    "ECDSA P224": { algorithm: "ECDSA" },
    "ECDSA P256": { algorithm: "ECDSA", ecdsaCurve: "P256" },
    "ECDSA P384": { algorithm: "ECDSA", ecdsaCurve: "P384" },
    "ECDSA P521": { algorithm: "ECDSA", ecdsaCurve: "P521" },
    ED25519: { algorithm: "ED25519" },
} as const;

/** A certificate authority with its key. */
export async function makeAuthority(key: PropertyMap = keyInputs["ECDSA P256"]) {
    const { privateKeyPem = "" } = await tls.made("PrivateKey", key);
    const { certPem = "" } = await tls.made("SelfSignedCert", {
        privateKeyPem,
        subject: { commonName: "Käse CA", organization: "cheese", country: "DE" },
        isCaCertificate: true,
        allowedUses: ["cert_signing", "crl_signing", "digital_signature"],
        validityPeriodHours: 87_600,
    });
    return { caPrivateKeyPem: privateKeyPem, caCertPem: certPem };
}
