import type { LocallySignedCertArgs } from "@pulumi/tls";
import type { Plain } from "../protocol/values";
import { failureIf, textThat } from "../protocol/shapes";
import { issuerOf, parseCertificate } from "./certificates";
import { certificateOutputs, issued, termInputs } from "./certificateTerms";
import { keyInputs, requiredKey } from "./inputs";
import { kindOf } from "./keys";
import { parseRequest } from "./requests";
import type { TlsResource } from "./resource";

const request = textThat((given) => !parseRequest(given) && "is not a certificate request in PEM");
const certificate = textThat((given) => !parseCertificate(given) && "is not a certificate in PEM");

export const locallySignedCert: TlsResource<Plain<LocallySignedCertArgs>> = {
    inputs: {
        certRequestPem: { shape: request, required: true },
        caCertPem: { shape: certificate, required: true },
        ...keyInputs("caPrivateKeyPem"),
        ...termInputs,
    },
    computed: [...certificateOutputs, "caKeyAlgorithm"],
    problems({ caPrivateKeyPem, caPrivateKeyPemWo, caCertPem, certRequestPem, isCaCertificate }) {
        const keyText = caPrivateKeyPem ?? caPrivateKeyPemWo;
        const isOtherKey =
            typeof caCertPem === "string" &&
            typeof keyText === "string" &&
            !parseCertificate(caCertPem)!.checkPrivateKey(requiredKey(keyText, undefined));
        const isNameless =
            isCaCertificate === true &&
            typeof certRequestPem === "string" &&
            parseRequest(certRequestPem)!.subject.length === 0;
        return [
            ...failureIf(
                isOtherKey,
                ["caPrivateKeyPem"],
                "is not the key of the certificate caCertPem",
            ),
            ...failureIf(
                isNameless,
                ["certRequestPem"],
                "has no subject, which a certificate authority needs",
            ),
        ];
    },
    async create(inputs, now) {
        const key = requiredKey(inputs.caPrivateKeyPem, inputs.caPrivateKeyPemWo);
        const issuer = issuerOf(parseCertificate(inputs.caCertPem)!, key);
        const holder = parseRequest(inputs.certRequestPem)!;
        const { id, computed } = issued(holder, inputs, issuer, now);
        return { id, computed: { ...computed, caKeyAlgorithm: kindOf(key).algorithm } };
    },
};
