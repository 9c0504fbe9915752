import type { CheckFailure } from "../protocol/provider";
import { alternativeNamesOf } from "./certRequest";
import { holderOf, issueCertificate, keyIdentifier } from "./certificates";
import {
    certificateCreated,
    certificateOutputs,
    holderInputs,
    keyFailures,
    keyInputs,
    requiredKey,
    termFailures,
    termInputs,
    termsOf,
} from "./certificateInputs";
import { nameFailures, type Inputs } from "./inputs";
import { open, type TlsResource } from "./resource";

export const selfSignedCert: TlsResource = {
    inputs: {
        ...keyInputs("privateKeyPem"),
        ...holderInputs,
        ...termInputs,
        setAuthorityKeyId: { kind: "flag", default: false },
    },
    computed: { ...certificateOutputs, keyAlgorithm: open },
    problems: (inputs, now) => [
        ...keyFailures(inputs, "privateKeyPem"),
        ...nameFailures(inputs),
        ...termFailures(inputs, now),
        ...authorityFailures(inputs),
    ],
    async create(inputs, now) {
        const key = requiredKey(inputs, "privateKeyPem");
        const holder = holderOf(key, inputs.subject(), alternativeNamesOf(inputs));
        const terms = termsOf(inputs, now);
        const certificate = issueCertificate(holder, terms, {
            name: holder.subject,
            key,
            keyId: inputs.flag("setAuthorityKeyId") ? keyIdentifier(holder.publicKey) : undefined,
        });
        return certificateCreated(certificate, terms, "keyAlgorithm", key);
    },
};

function authorityFailures(inputs: Inputs): CheckFailure[] {
    const failures: CheckFailure[] = [];
    const isCa = inputs.flag("isCaCertificate");
    if (isCa && !inputs.has("subject")) {
        const reason = "is required for a certificate authority, with at least one name in it";
        failures.push({ property: "subject", reason });
    }
    if (inputs.flag("setAuthorityKeyId") && !isCa && !inputs.flag("setSubjectKeyId")) {
        const reason = "needs a subject key id to refer to: set setSubjectKeyId or isCaCertificate";
        failures.push({ property: "setAuthorityKeyId", reason });
    }
    return failures;
}
