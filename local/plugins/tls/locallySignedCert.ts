import type { CheckFailure } from "../protocol/provider";
import { issueCertificate, issuerOf, parseCertificate, parseRequest } from "./certificates";
import {
    certificateCreated,
    certificateOutputs,
    keyFailures,
    keyInputs,
    keyText,
    requiredKey,
    termFailures,
    termInputs,
    termsOf,
} from "./certificateInputs";
import type { Inputs } from "./inputs";
import { parsePrivateKey } from "./keys";
import { open, type TlsResource } from "./resource";

export const locallySignedCert: TlsResource = {
    inputs: {
        certRequestPem: { kind: "text", required: true },
        caCertPem: { kind: "text", required: true },
        ...keyInputs("caPrivateKeyPem"),
        ...termInputs,
    },
    computed: { ...certificateOutputs, caKeyAlgorithm: open },
    problems: (inputs, now) => [
        ...keyFailures(inputs, "caPrivateKeyPem"),
        ...authorityFailures(inputs),
        ...requestFailures(inputs),
        ...termFailures(inputs, now),
    ],
    async create(inputs, now) {
        const key = requiredKey(inputs, "caPrivateKeyPem");
        const issuer = issuerOf(parseCertificate(inputs.text("caCertPem")!)!, key);
        const terms = termsOf(inputs, now);
        const holder = parseRequest(inputs.text("certRequestPem")!)!;
        const certificate = issueCertificate(holder, terms, issuer);
        return certificateCreated(certificate, terms, "caKeyAlgorithm", key);
    },
};

function authorityFailures(inputs: Inputs): CheckFailure[] {
    const text = inputs.text("caCertPem");
    if (text === undefined) {
        return [];
    }
    const certificate = parseCertificate(text);
    if (certificate === undefined) {
        return [{ property: "caCertPem", reason: "is not a certificate in PEM" }];
    }
    const keyPem = keyText(inputs, "caPrivateKeyPem");
    const key = keyPem === undefined ? undefined : parsePrivateKey(keyPem);
    return key === undefined || certificate.checkPrivateKey(key)
        ? []
        : [{ property: "caPrivateKeyPem", reason: "is not the key of the certificate caCertPem" }];
}

function requestFailures(inputs: Inputs): CheckFailure[] {
    const text = inputs.text("certRequestPem");
    if (text === undefined) {
        return [];
    }
    const holder = parseRequest(text);
    if (holder === undefined) {
        return [{ property: "certRequestPem", reason: "is not a certificate request in PEM" }];
    }
    return inputs.flag("isCaCertificate") && holder.subject.length === 0
        ? [
              {
                  property: "certRequestPem",
                  reason: "has no subject, which a certificate authority needs",
              },
          ]
        : [];
}
