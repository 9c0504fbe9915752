import {
    createPrivateKey,
    generateKeyPairSync,
    X509Certificate,
    type KeyObject,
} from "node:crypto";
import { holderOf, issueCertificate, issuerOf, type Issuer } from "../plugins/tls/certificates";

export interface CertificateAndKey {
    readonly certPem: string;
    readonly keyPem: string;
}

export interface LeafRequest {
    readonly commonName: string;
    readonly organization?: string;
    readonly usages: readonly ("server" | "client")[];
    readonly dnsNames?: readonly string[];
    readonly ipAddresses?: readonly string[];
}

/** The data of a local federation is thrown away long before. */
const validDays = 3650;

/** A new certificate authority, self-signed. */
export function createAuthority(commonName: string): CertificateAndKey {
    const key = generateKey();
    const holder = holderOf(key, { subject: { commonName } });
    const uses = ["cert_signing", "crl_signing", "digital_signature"];
    const own = { name: holder.subject, key };
    return { certPem: issue(holder, uses, true, own), keyPem: pemOf(key) };
}

/** A certificate with a key of its own, signed by an authority. */
export function issueLeaf(authority: CertificateAndKey, request: LeafRequest): CertificateAndKey {
    const { commonName, organization, usages, dnsNames, ipAddresses } = request;
    const key = generateKey();
    const subject = { commonName, organization };
    const holder = holderOf(key, { subject, dnsNames, ipAddresses });
    const uses = ["digital_signature", ...usages.map((usage) => `${usage}_auth`)];
    const issuer = issuerOf(
        new X509Certificate(authority.certPem),
        createPrivateKey(authority.keyPem),
    );
    return { certPem: issue(holder, uses, false, issuer), keyPem: pemOf(key) };
}

export const generateKey = (): KeyObject =>
    generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;

export const pemOf = (key: KeyObject): string =>
    key.export({ type: "pkcs8", format: "pem" }).toString();

function issue(
    holder: Parameters<typeof issueCertificate>[0],
    allowedUses: readonly string[],
    isCaCertificate: boolean,
    issuer: Issuer,
): string {
    // Clocks of two processes on one machine can differ by a moment.
    const notBefore = new Date(Date.now() - 60_000);
    const notAfter = new Date(Date.now() + validDays * 24 * 60 * 60 * 1000);
    const terms = { notBefore, notAfter, allowedUses, isCaCertificate };
    return issueCertificate(holder, terms, issuer).toString();
}
