import { createHash, randomBytes, sign, X509Certificate, type KeyObject } from "node:crypto";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { Attributes, CertificationRequest, CertificationRequestInfo } from "@peculiar/asn1-csr";
import * as asn1 from "@peculiar/asn1-x509";
import { algorithmOf, curveOf, curves, publicKeyDer } from "./keys";
import { decodePem, encodePem } from "./pem";
import { subjectName, type Subject } from "./subject";
import { extendedKeyUsageIds, keyUsageFlags } from "./uses";

const extensionRequest = "1.2.840.113549.1.9.14";
const subjectKeyIdentifier = "2.5.29.14";

export interface AlternativeNames {
    readonly dnsNames: readonly string[];
    readonly ipAddresses: readonly string[];
    readonly uris: readonly string[];
}

/** Whom a certificate is for. */
export interface Holder {
    readonly subject: asn1.Name;
    readonly publicKey: asn1.SubjectPublicKeyInfo;
    readonly names: readonly asn1.GeneralName[];
}

export interface CertificateTerms {
    readonly notBefore: Date;
    readonly notAfter: Date;
    readonly allowedUses: readonly string[];
    readonly isCa: boolean;
    /** Undefined: no limit. */
    readonly maxPathLength?: number;
    readonly setSubjectKeyId: boolean;
}

export interface Issuer {
    readonly name: asn1.Name;
    readonly key: KeyObject;
    /** What the certificates it issues name it by; undefined: they do not. */
    readonly keyId?: ArrayBuffer;
}

export interface IssuedCertificate {
    readonly pem: string;
    /** Decimal. */
    readonly serialNumber: string;
}

export function holderOf(key: KeyObject, subject: Subject, names: AlternativeNames): Holder {
    return {
        subject: subjectName(subject),
        publicKey: AsnConvert.parse(publicKeyDer(key), asn1.SubjectPublicKeyInfo),
        names: [
            ...names.dnsNames.map((dNSName) => new asn1.GeneralName({ dNSName })),
            ...names.ipAddresses.map((iPAddress) => new asn1.GeneralName({ iPAddress })),
            ...names.uris.map((uri) => new asn1.GeneralName({ uniformResourceIdentifier: uri })),
        ],
    };
}

export function createRequest(holder: Holder, key: KeyObject): string {
    const names = alternativeNames(holder);
    const info = new CertificationRequestInfo({
        subject: holder.subject,
        subjectPKInfo: holder.publicKey,
        attributes: new Attributes(
            names === undefined
                ? []
                : [
                      new asn1.Attribute({
                          type: extensionRequest,
                          values: [AsnConvert.serialize(new asn1.Extensions([names]))],
                      }),
                  ],
        ),
    });
    const request = new CertificationRequest({
        certificationRequestInfo: info,
        signatureAlgorithm: signatureAlgorithm(key),
        signature: signatureOf(AsnConvert.serialize(info), key),
    });
    return encodePem("CERTIFICATE REQUEST", new Uint8Array(AsnConvert.serialize(request)));
}

/** Undefined when the text is no certificate request. */
export function parseRequest(pem: string): Holder | undefined {
    const der = decodePem("CERTIFICATE REQUEST", pem);
    if (der === undefined) {
        return undefined;
    }
    try {
        const info = AsnConvert.parse(der, CertificationRequest).certificationRequestInfo;
        const wanted = (info.attributes ?? []).find(({ type }) => type === extensionRequest);
        const extensions = wanted ? AsnConvert.parse(wanted.values[0]!, asn1.Extensions) : [];
        const san = extensions.find(({ extnID }) => extnID === asn1.id_ce_subjectAltName);
        const names = san ? AsnConvert.parse(san.extnValue, asn1.SubjectAlternativeName) : [];
        // Mail addresses of a request are dropped, as the official provider does.
        return {
            subject: info.subject,
            publicKey: info.subjectPKInfo,
            names: [...names].filter(
                ({ dNSName, iPAddress, uniformResourceIdentifier }) =>
                    (dNSName ?? iPAddress ?? uniformResourceIdentifier) !== undefined,
            ),
        };
    } catch {
        return undefined;
    }
}

/** Undefined when the text is no certificate. */
export function parseCertificate(pem: string): X509Certificate | undefined {
    const der = decodePem("CERTIFICATE", pem);
    try {
        return der && new X509Certificate(der);
    } catch {
        return undefined;
    }
}

export function issuerOf(certificate: X509Certificate, key: KeyObject): Issuer {
    const { tbsCertificate } = AsnConvert.parse(certificate.raw, asn1.Certificate);
    const keyId = tbsCertificate.extensions?.find(({ extnID }) => extnID === subjectKeyIdentifier);
    return {
        name: tbsCertificate.subject,
        key,
        keyId: keyId && AsnConvert.parse(keyId.extnValue, OctetString).buffer,
    };
}

export function issueCertificate(
    holder: Holder,
    terms: CertificateTerms,
    issuer: Issuer,
): IssuedCertificate {
    // 126 random bits: the first byte is neither zero nor negative.
    const serial = randomBytes(16);
    serial[0] = (serial[0]! & 0x3f) | 0x40;
    const tbsCertificate = new asn1.TBSCertificate({
        version: asn1.Version.v3,
        serialNumber: new Uint8Array(serial).buffer,
        signature: signatureAlgorithm(issuer.key),
        issuer: issuer.name,
        validity: new asn1.Validity({ notBefore: terms.notBefore, notAfter: terms.notAfter }),
        subject: holder.subject,
        subjectPublicKeyInfo: holder.publicKey,
        extensions: new asn1.Extensions(extensionsOf(holder, terms, issuer)),
    });
    const certificate = new asn1.Certificate({
        tbsCertificate,
        signatureAlgorithm: tbsCertificate.signature,
        signatureValue: signatureOf(AsnConvert.serialize(tbsCertificate), issuer.key),
    });
    return {
        pem: encodePem("CERTIFICATE", new Uint8Array(AsnConvert.serialize(certificate))),
        serialNumber: BigInt(`0x${serial.toString("hex")}`).toString(),
    };
}

function extensionsOf(holder: Holder, terms: CertificateTerms, issuer: Issuer): asn1.Extension[] {
    const extensions: asn1.Extension[] = [];
    const flags = keyUsageFlags(terms.allowedUses);
    if (flags !== 0) {
        extensions.push(extension(asn1.id_ce_keyUsage, new asn1.KeyUsage(flags), true));
    }
    const purposes = extendedKeyUsageIds(terms.allowedUses);
    if (purposes.length > 0) {
        extensions.push(extension(asn1.id_ce_extKeyUsage, new asn1.ExtendedKeyUsage(purposes)));
    }
    const constraints = new asn1.BasicConstraints({
        cA: terms.isCa,
        ...(terms.isCa && { pathLenConstraint: terms.maxPathLength }),
    });
    extensions.push(extension(asn1.id_ce_basicConstraints, constraints, true));
    if (terms.isCa || terms.setSubjectKeyId) {
        const keyId = keyIdentifier(holder.publicKey);
        extensions.push(extension(subjectKeyIdentifier, new OctetString(keyId)));
    }
    if (issuer.keyId !== undefined) {
        const identifier = new asn1.AuthorityKeyIdentifier({
            keyIdentifier: new asn1.KeyIdentifier(issuer.keyId),
        });
        extensions.push(extension(asn1.id_ce_authorityKeyIdentifier, identifier));
    }
    const names = alternativeNames(holder);
    if (names !== undefined) {
        extensions.push(names);
    }
    return extensions;
}

/** Critical when there is no other name, as RFC 5280 wants it. */
function alternativeNames({ names, subject }: Holder): asn1.Extension | undefined {
    return names.length === 0
        ? undefined
        : extension(
              asn1.id_ce_subjectAltName,
              new asn1.SubjectAlternativeName([...names]),
              subject.length === 0,
          );
}

function extension(extnID: string, content: object, critical = false): asn1.Extension {
    const extnValue = new OctetString(AsnConvert.serialize(content));
    return new asn1.Extension({ extnID, critical, extnValue });
}

export function keyIdentifier(publicKey: asn1.SubjectPublicKeyInfo): ArrayBuffer {
    const digest = createHash("sha1").update(Buffer.from(publicKey.subjectPublicKey)).digest();
    return new Uint8Array(digest).buffer;
}

function signatureAlgorithm(key: KeyObject): asn1.AlgorithmIdentifier {
    switch (algorithmOf(key)) {
        case "RSA":
            // This one carries an explicit null for its parameters; the others carry none.
            return new asn1.AlgorithmIdentifier({
                algorithm: "1.2.840.113549.1.1.11",
                parameters: null,
            });
        case "ECDSA": {
            const ids = { sha256: "2", sha384: "3", sha512: "4" };
            const { hash } = curves[curveOf(key)!]!;
            return new asn1.AlgorithmIdentifier({ algorithm: `1.2.840.10045.4.3.${ids[hash]}` });
        }
        default:
            return new asn1.AlgorithmIdentifier({ algorithm: "1.3.101.112" });
    }
}

function signatureOf(content: ArrayBuffer, key: KeyObject): ArrayBuffer {
    const curve = curveOf(key);
    const hash = curve ? curves[curve]!.hash : algorithmOf(key) === "RSA" ? "sha256" : null;
    return new Uint8Array(sign(hash, new Uint8Array(content), key)).buffer;
}
