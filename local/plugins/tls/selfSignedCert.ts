import type { SelfSignedCertArgs } from "@pulumi/tls";
import { Unknown, type Plain } from "../protocol/values";
import { failureIf, flag } from "../protocol/shapes";
import { holderOf, keyIdentifier } from "./certificates";
import { certificateOutputs, issued, termInputs } from "./certificateTerms";
import { holderInputs, keyInputs, requiredKey } from "./inputs";
import { kindOf } from "./keys";
import type { TlsResource } from "./resource";

export const selfSignedCert: TlsResource<Plain<SelfSignedCertArgs>> = {
    inputs: {
        ...keyInputs("privateKeyPem"),
        ...holderInputs,
        ...termInputs,
        setAuthorityKeyId: { shape: flag, default: false },
    },
    computed: [...certificateOutputs, "keyAlgorithm"],
    problems({ isCaCertificate, subject, setSubjectKeyId, setAuthorityKeyId }) {
        const flags = [isCaCertificate, setSubjectKeyId];
        const mayHaveKeyId = flags.includes(true) || flags.includes(Unknown);
        return [
            ...failureIf(
                isCaCertificate === true && subject === undefined,
                ["subject"],
                "is required for a certificate authority, with at least one name in it",
            ),
            ...failureIf(
                setAuthorityKeyId === true && !mayHaveKeyId,
                ["setAuthorityKeyId"],
                "needs a subject key id to refer to: set setSubjectKeyId or isCaCertificate",
            ),
        ];
    },
    async create(inputs, now) {
        const key = requiredKey(inputs.privateKeyPem, inputs.privateKeyPemWo);
        const holder = holderOf(key, inputs);
        const keyId = inputs.setAuthorityKeyId ? keyIdentifier(holder.publicKey) : undefined;
        const issuer = { name: holder.subject, key, keyId };
        const { id, computed } = issued(holder, inputs, issuer, now);
        return { id, computed: { ...computed, keyAlgorithm: kindOf(key).algorithm } };
    },
};
