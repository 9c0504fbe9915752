import { createHash, randomBytes, sign, X509Certificate, type KeyObject } from "node:crypto";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import * as asn1 from "@peculiar/asn1-x509";
import type { CertRequestArgs, SelfSignedCertArgs } from "@pulumi/tls";
import type { Plain } from "../protocol/values";
import { kindOf, publicKeyDer } from "./keys";
import { subjectName } from "./subject";
import { extendedKeyUsages, keyUsages } from "./uses";

/** Whom a certificate is for. */
export interface Holder {
    readonly subject: asn1.Name;
    readonly publicKey: asn1.SubjectPublicKeyInfo;
    readonly names: readonly asn1.GeneralName[];
}

type Options = "allowedUses" | "isCaCertificate" | "maxPathLength" | "setSubjectKeyId";

export interface CertificateTerms extends Plain<Pick<SelfSignedCertArgs, Options>> {
    readonly notBefore: Date;
    readonly notAfter: Date;
}

export interface Issuer {
    readonly name: asn1.Name;
    readonly key: KeyObject;
    /** What the certificates it issues name it by; undefined: they do not. */
    readonly keyId?: asn1.KeyIdentifier;
}

export function holderOf(key: KeyObject, inputs: Plain<CertRequestArgs>): Holder {
    const { subject = {}, dnsNames = [], ipAddresses = [], uris = [] } = inputs;
    return {
        subject: subjectName(subject),
        publicKey: AsnConvert.parse(publicKeyDer(key), asn1.SubjectPublicKeyInfo),
        names: [
            ...dnsNames.map((dNSName) => new asn1.GeneralName({ dNSName })),
            ...ipAddresses.map((iPAddress) => new asn1.GeneralName({ iPAddress })),
            ...uris.map((uri) => new asn1.GeneralName({ uniformResourceIdentifier: uri })),
        ],
    };
}

/** Undefined when the text is no certificate. */
export function parseCertificate(text: string): X509Certificate | undefined {
    try {
        return new X509Certificate(text);
    } catch {
        return undefined;
    }
}

export function issuerOf(certificate: X509Certificate, key: KeyObject): Issuer {
    const { subject, extensions } = AsnConvert.parse(
        certificate.raw,
        asn1.Certificate,
    ).tbsCertificate;
    const keyId = extensions?.find(({ extnID }) => extnID === asn1.id_ce_subjectKeyIdentifier);
    return {
        name: subject,
        key,
        keyId: keyId && AsnConvert.parse(keyId.extnValue, asn1.KeyIdentifier),
    };
}

export function issueCertificate(
    holder: Holder,
    terms: CertificateTerms,
    issuer: Issuer,
): X509Certificate {
    // 126 random bits: the first byte is neither zero nor negative.
    const serial = new Uint8Array(randomBytes(16));
    serial[0] = (serial[0]! & 0x3f) | 0x40;
    const tbsCertificate = new asn1.TBSCertificate({
        version: asn1.Version.v3,
        serialNumber: serial.buffer,
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
        signatureValue: signatureOf(tbsCertificate, issuer.key),
    });
    return new X509Certificate(Buffer.from(AsnConvert.serialize(certificate)));
}

function extensionsOf(holder: Holder, terms: CertificateTerms, issuer: Issuer): asn1.Extension[] {
    const { allowedUses, isCaCertificate: cA = false, maxPathLength = 0 } = terms;
    const flags = allowedUses.reduce((sum, use) => sum | (keyUsages[use] ?? 0), 0);
    const purposes = allowedUses.flatMap((use) => extendedKeyUsages[use] ?? []);
    // The official provider writes no limit for 0 either: Go takes it for one that was not given.
    const limit = cA && maxPathLength > 0 ? { pathLenConstraint: maxPathLength } : {};
    const ownId = (cA || terms.setSubjectKeyId) && keyIdentifier(holder.publicKey);
    const issuerId = issuer.keyId && { keyIdentifier: issuer.keyId };
    return [
        flags !== 0 && extension(asn1.id_ce_keyUsage, new asn1.KeyUsage(flags), true),
        purposes.length > 0 &&
            extension(asn1.id_ce_extKeyUsage, new asn1.ExtendedKeyUsage(purposes)),
        extension(asn1.id_ce_basicConstraints, new asn1.BasicConstraints({ cA, ...limit }), true),
        ownId && extension(asn1.id_ce_subjectKeyIdentifier, ownId),
        issuerId &&
            extension(asn1.id_ce_authorityKeyIdentifier, new asn1.AuthorityKeyIdentifier(issuerId)),
        alternativeNames(holder),
    ].filter((each) => !!each);
}

/** Critical when there is no other name, as RFC 5280 wants it. */
export function alternativeNames({ names, subject }: Holder): asn1.Extension | undefined {
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

export function keyIdentifier(publicKey: asn1.SubjectPublicKeyInfo): asn1.KeyIdentifier {
    const bytes = new Uint8Array(publicKey.subjectPublicKey);
    return new asn1.KeyIdentifier(createHash("sha1").update(bytes).digest());
}

export function signatureAlgorithm(key: KeyObject): asn1.AlgorithmIdentifier {
    const { algorithm, signatureId } = kindOf(key);
    // RSA's carries an explicit null for its parameters; the others carry none.
    const parameters = algorithm === "RSA" ? { parameters: null } : {};
    return new asn1.AlgorithmIdentifier({ algorithm: signatureId, ...parameters });
}

export function signatureOf(content: object, key: KeyObject): ArrayBuffer {
    const bytes = new Uint8Array(AsnConvert.serialize(content));
    return new Uint8Array(sign(kindOf(key).hash, bytes, key)).buffer;
}
