import { createHash } from "node:crypto";
import { encode } from "@peculiar/utils";
import type { CertRequestArgs } from "@pulumi/tls";
import type { Plain } from "../protocol/values";
import { holderOf } from "./certificates";
import { holderInputs, keyInputs, requiredKey } from "./inputs";
import { kindOf } from "./keys";
import { createRequest, requestLabel } from "./requests";
import type { TlsResource } from "./resource";

export const certRequest: TlsResource<Plain<CertRequestArgs>> = {
    inputs: { ...keyInputs("privateKeyPem"), ...holderInputs },
    computed: ["certRequestPem", "keyAlgorithm"],
    async create({ privateKeyPem, privateKeyPemWo, ...holder }) {
        const key = requiredKey(privateKeyPem, privateKeyPemWo);
        const request = createRequest(holderOf(key, holder), key);
        return {
            id: createHash("sha1").update(request).digest("hex"),
            computed: {
                certRequestPem: encode(requestLabel, request),
                keyAlgorithm: kindOf(key).algorithm,
            },
        };
    },
};
