import { createPrivateKey, randomBytes, webcrypto } from "node:crypto";
import { x509 } from "./x509";

export interface CertificateAndKey {
    readonly certPem: string;
    readonly keyPem: string;
}

export interface LeafRequest {
    readonly commonName: string;
    readonly organization?: string;
    readonly usages: readonly ("server" | "client")[];
    readonly dnsNames?: readonly string[];
    readonly addresses?: readonly string[];
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const days = 24 * 60 * 60 * 1000;

/** A new certificate authority, self-signed. */
export async function createAuthority(
    commonName: string,
    validDays: number,
): Promise<CertificateAndKey> {
    const keys = await generateKeys();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
        ...common(validDays),
        name: [{ CN: [commonName] }],
        keys,
        extensions: [
            new x509.BasicConstraintsExtension(true, undefined, true),
            new x509.KeyUsagesExtension(
                x509.KeyUsageFlags.keyCertSign |
                    x509.KeyUsageFlags.cRLSign |
                    x509.KeyUsageFlags.digitalSignature,
                true,
            ),
            await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
        ],
    });
    return { certPem: certificate.toString("pem"), keyPem: await privatePem(keys) };
}

/** A certificate with a key of its own, signed by an authority of `createAuthority`. */
export async function issueLeaf(
    authority: CertificateAndKey,
    request: LeafRequest,
    validDays: number,
): Promise<CertificateAndKey> {
    const { commonName, organization, usages, dnsNames = [], addresses = [] } = request;
    const keys = await generateKeys();
    const issuer = new x509.X509Certificate(authority.certPem);
    const names = [
        ...dnsNames.map((value) => ({ type: "dns" as const, value })),
        ...addresses.map((value) => ({ type: "ip" as const, value })),
    ];
    const certificate = await x509.X509CertificateGenerator.create({
        ...common(validDays),
        subject: [...(organization ? [{ O: [organization] }] : []), { CN: [commonName] }],
        issuer: issuer.subjectName,
        publicKey: keys.publicKey,
        signingKey: await signingKey(authority.keyPem),
        extensions: [
            new x509.BasicConstraintsExtension(false, undefined, true),
            new x509.KeyUsagesExtension(
                x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment,
                true,
            ),
            new x509.ExtendedKeyUsageExtension(
                usages.map((usage) => x509.ExtendedKeyUsage[`${usage}Auth`]),
            ),
            ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
            await x509.AuthorityKeyIdentifierExtension.create(issuer),
        ],
    });
    return { certPem: certificate.toString("pem"), keyPem: await privatePem(keys) };
}

const common = (validDays: number) => ({
    // A leading zero keeps the number positive.
    serialNumber: `00${randomBytes(15).toString("hex")}`,
    // Clocks of two processes on one machine can differ by a moment.
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + validDays * days),
    signingAlgorithm: algorithm,
});

const generateKeys = () => webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);

const signingKey = (pem: string) =>
    webcrypto.subtle.importKey(
        "pkcs8",
        createPrivateKey(pem).export({ type: "pkcs8", format: "der" }),
        algorithm,
        false,
        ["sign"],
    );

async function privatePem(keys: webcrypto.CryptoKeyPair): Promise<string> {
    const der = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
    return x509.PemConverter.encode(der, "PRIVATE KEY") + "\n";
}
