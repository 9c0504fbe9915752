import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { certificatesIn } from "../../support/pem";
import type { Problem } from "../../support/problems";
import { renewalWindowDays } from "./generation";

/** The texts of an authority that the user brings. */
export interface OwnAuthorityTexts {
    readonly certPem?: string;
    readonly privateKeyPem?: string;
    readonly alsoTrusted?: string;
}

const msPerDay = 86_400_000;

/** What is wrong with an authority before it signs anything. Texts that are not known yet are left out. */
export function checkOwnAuthority(texts: OwnAuthorityTexts, now: Date): Problem[] {
    const { certPem, privateKeyPem, alsoTrusted } = texts;
    const problems: Problem[] = [];
    const report = (path: string, message: string) => problems.push({ path, message });

    const certificate = certPem === undefined ? undefined : onlyCertificate(certPem);
    if (certificate !== undefined) {
        for (const message of authorityProblems(certificate, now)) {
            report("certPem", message);
        }
    } else if (certPem !== undefined) {
        report(
            "certPem",
            "is not one certificate in PEM; pass the authority's own, without a chain.",
        );
    }

    const key = privateKeyPem === undefined ? undefined : privateKey(privateKeyPem);
    if (key === undefined && privateKeyPem !== undefined) {
        report("privateKeyPem", "is not a private key in PEM without a passphrase.");
    }
    if (certificate && key && !certificate.checkPrivateKey(key)) {
        report("privateKeyPem", "is not the key of certPem; pass the pair that belongs together.");
    }
    if (alsoTrusted !== undefined && !isBundle(alsoTrusted)) {
        report("alsoTrusted", "is not a list of certificates in PEM.");
    }
    return problems;
}

function authorityProblems(certificate: X509Certificate, now: Date): string[] {
    const { subject, ca } = certificate;
    const start = new Date(certificate.validFrom);
    const end = new Date(certificate.validTo);
    const name = subject.split("\n").join(", ");
    const day = (date: Date) => date.toISOString().slice(0, 10);
    if (!ca) {
        return [`of ${name} is not an authority's: it lacks the basic constraint CA:TRUE.`];
    }
    if (start > now) {
        return [`of ${name} is valid from ${day(start)} on only; use one that is valid now.`];
    }
    if (end.getTime() - now.getTime() < renewalWindowDays * msPerDay) {
        return [
            `of ${name} ends on ${day(end)}, before what it signs is renewed; use one that lasts ${renewalWindowDays} days from now at least, and keep this one in alsoTrusted.`,
        ];
    }
    return [];
}

function onlyCertificate(pem: string): X509Certificate | undefined {
    return certificatesIn(pem).length === 1 ? attempt(() => new X509Certificate(pem)) : undefined;
}

function isBundle(pem: string): boolean {
    const blocks = certificatesIn(pem);
    return blocks.length > 0 && blocks.every((each) => attempt(() => new X509Certificate(each)));
}

function privateKey(pem: string): KeyObject | undefined {
    return attempt(() => createPrivateKey(pem));
}

function attempt<T>(work: () => T): T | undefined {
    try {
        return work();
    } catch {
        return undefined;
    }
}
