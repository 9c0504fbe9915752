import { createHash } from "node:crypto";
import { createRequest, holderOf } from "./certificates";
import { holderInputs, keyFailures, keyInputs, requiredKey } from "./certificateInputs";
import { nameFailures, type Inputs } from "./inputs";
import { algorithmOf } from "./keys";
import { decodePem } from "./pem";
import { open, type TlsResource } from "./resource";

export function alternativeNamesOf(inputs: Inputs) {
    return {
        dnsNames: inputs.texts("dnsNames"),
        ipAddresses: inputs.texts("ipAddresses"),
        uris: inputs.texts("uris"),
    };
}

export const certRequest: TlsResource = {
    inputs: { ...keyInputs("privateKeyPem"), ...holderInputs },
    computed: { certRequestPem: open, keyAlgorithm: open },
    problems: (inputs) => [...keyFailures(inputs, "privateKeyPem"), ...nameFailures(inputs)],
    async create(inputs) {
        const key = requiredKey(inputs, "privateKeyPem");
        const holder = holderOf(key, inputs.subject(), alternativeNamesOf(inputs));
        const pem = createRequest(holder, key);
        return {
            id: createHash("sha1").update(decodePem("CERTIFICATE REQUEST", pem)!).digest("hex"),
            computed: { certRequestPem: pem, keyAlgorithm: algorithmOf(key)! },
        };
    },
};
