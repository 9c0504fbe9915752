import type { KeyObject } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import { Attributes, CertificationRequest, CertificationRequestInfo } from "@peculiar/asn1-csr";
import * as asn1 from "@peculiar/asn1-x509";
import { find } from "@peculiar/utils";
import { alternativeNames, signatureAlgorithm, signatureOf, type Holder } from "./certificates";

export const requestLabel = "CERTIFICATE REQUEST";
const extensionRequest = "1.2.840.113549.1.9.14";

export function createRequest(holder: Holder, key: KeyObject): Buffer {
    const names = alternativeNames(holder);
    const values = names ? [AsnConvert.serialize(new asn1.Extensions([names]))] : [];
    const wanted =
        values.length > 0 ? [new asn1.Attribute({ type: extensionRequest, values })] : [];
    const certificationRequestInfo = new CertificationRequestInfo({
        subject: holder.subject,
        subjectPKInfo: holder.publicKey,
        attributes: new Attributes(wanted),
    });
    const request = new CertificationRequest({
        certificationRequestInfo,
        signatureAlgorithm: signatureAlgorithm(key),
        signature: signatureOf(certificationRequestInfo, key),
    });
    return Buffer.from(AsnConvert.serialize(request));
}

/** Undefined when the text is no certificate request. */
export function parseRequest(text: string): Holder | undefined {
    try {
        const { certificationRequestInfo } = AsnConvert.parse(
            find(text, requestLabel)!.data,
            CertificationRequest,
        );
        const { subject, subjectPKInfo, attributes = [] } = certificationRequestInfo;
        const wanted = attributes.find(({ type }) => type === extensionRequest);
        const extensions = wanted ? AsnConvert.parse(wanted.values[0]!, asn1.Extensions) : [];
        const san = extensions.find(({ extnID }) => extnID === asn1.id_ce_subjectAltName);
        const names = san ? AsnConvert.parse(san.extnValue, asn1.SubjectAlternativeName) : [];
        // Mail addresses of a request are dropped, as the official provider does.
        const kept = [...names].filter(
            ({ dNSName, iPAddress, uniformResourceIdentifier }) =>
                (dNSName ?? iPAddress ?? uniformResourceIdentifier) !== undefined,
        );
        return { subject, publicKey: subjectPKInfo, names: kept };
    } catch {
        return undefined;
    }
}
