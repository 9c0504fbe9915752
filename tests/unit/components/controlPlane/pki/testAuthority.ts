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
    const names = { dnsNames: [], ipAddresses: [], uris: [] };
    const holder = holderOf(privateKey, { commonName: "own authority" }, names);
    const terms = {
        notBefore: new Date(notBefore),
        notAfter: new Date(notAfter),
        allowedUses: ["cert_signing"],
        isCa,
        setSubjectKeyId: true,
    };
    const { pem } = issueCertificate(holder, terms, { name: holder.subject, key: privateKey });
    return { certPem: pem, privateKeyPem: pemOf(privateKey) };
}
