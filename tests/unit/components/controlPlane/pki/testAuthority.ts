import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { holderOf, issueCertificate } from "../../../../../local/plugins/tls/certificates";

export interface TestAuthority {
    readonly certPem: string;
    readonly privateKeyPem: string;
}

export const pemOf = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" }).toString();

/** A self-signed certificate, of an authority unless told otherwise. */
export function testAuthority(notBefore: string, notAfter: string, isCa = true): TestAuthority {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const holder = holderOf(privateKey, { subject: { commonName: "own authority" } });
    const terms = {
        notBefore: new Date(notBefore),
        notAfter: new Date(notAfter),
        allowedUses: ["cert_signing"],
        isCaCertificate: isCa,
        setSubjectKeyId: true,
    };
    const issuer = { name: holder.subject, key: privateKey };
    const certificate = issueCertificate(holder, terms, issuer);
    return { certPem: certificate.toString(), privateKeyPem: pemOf(privateKey) };
}
