import { changedProperties } from "../protocol/changes";
import {
    asSecret,
    ProviderError,
    refuse,
    Unknown,
    unwrapSecrets,
    type CheckFailure,
    type PropertyMap,
    type PropertyValue,
    type Provider,
    type RevealedMap,
} from "../protocol/provider";
import { failureIf, misshapen, unexpected } from "../protocol/shapes";
import { certRequest } from "./certRequest";
import { isDue } from "./certificateTerms";
import { locallySignedCert } from "./locallySignedCert";
import { privateKey } from "./privateKey";
import type { TlsResource } from "./resource";
import { selfSignedCert } from "./selfSignedCert";

const resources: Readonly<Record<string, TlsResource>> = {
    "tls:index/privateKey:PrivateKey": privateKey,
    "tls:index/certRequest:CertRequest": certRequest,
    "tls:index/selfSignedCert:SelfSignedCert": selfSignedCert,
    "tls:index/locallySignedCert:LocallySignedCert": locallySignedCert,
};

/** Inputs and outputs that are kept encrypted in the state. */
const secrets = ["privateKeyPem", "privateKeyPemPkcs8", "privateKeyOpenssh", "caPrivateKeyPem"];

function resourceOf(type: string): TlsResource {
    const resource = resources[type];
    if (resource === undefined) {
        throw new ProviderError(
            `This tls provider has no ${type}; it has ${Object.keys(resources).join(", ")}.`,
        );
    }
    return resource;
}

/** Keys and certificates as the official provider makes them, without its functions and its proxy setting. */
export function tlsProvider(clock: () => Date): Provider {
    return {
        async check({ type, news }) {
            return { inputs: news, failures: failuresOf(resourceOf(type), unwrapSecrets(news)) };
        },

        async diff({ type, oldInputs, oldOutputs, news }) {
            const { inputs } = resourceOf(type);
            const before = completed(unwrapSecrets(oldInputs), stored(inputs));
            const after = completed(unwrapSecrets(news), stored(inputs));
            const diff = changedProperties(before, after, (name) => !inputs[name]!.inPlace);
            if (!isDue(unwrapSecrets(oldOutputs), unwrapSecrets(news), clock())) {
                return diff;
            }
            const renewal = { kind: "update-replace", inputDiff: false } as const;
            return {
                changes: true,
                replaces: [...(diff.replaces ?? []), "readyForRenewal"],
                detailedDiff: { ...diff.detailedDiff, readyForRenewal: renewal },
            };
        },

        async create({ type, news, preview }) {
            const resource = resourceOf(type);
            const revealed = unwrapSecrets(news);
            refuse(failuresOf(resource, revealed));
            if (preview) {
                const computed = resource.computed.map((name) => [name, Unknown] as const);
                return { id: "", outputs: outputsOf(resource, news, Object.fromEntries(computed)) };
            }
            const inputs = completed(revealed, resource.inputs);
            const { id, computed } = await resource.create(inputs, clock());
            return { id, outputs: outputsOf(resource, news, computed) };
        },

        async read({ type, id, inputs, outputs }) {
            resourceOf(type);
            if (Object.keys(outputs).length === 0) {
                throw new ProviderError(`A ${type} cannot be imported: it exists in a state only.`);
            }
            const due = isDue(unwrapSecrets(outputs), unwrapSecrets(inputs), clock());
            return { id, inputs, outputs: due ? { ...outputs, readyForRenewal: true } : outputs };
        },

        async update({ type, news, oldOutputs }) {
            const resource = resourceOf(type);
            refuse(failuresOf(resource, unwrapSecrets(news)));
            return { outputs: outputsOf(resource, news, oldOutputs) };
        },

        async delete() {
            // A key or certificate is nothing but its entry in the state.
        },
    };
}

function failuresOf(resource: TlsResource, news: RevealedMap): CheckFailure[] {
    const given = completed(news, resource.inputs);
    const wrong = Object.entries(resource.inputs).flatMap(([name, spec]) => {
        const { shape, required, alternative = name } = spec;
        const missing = required && !(name in given) && !(alternative in given);
        const failures = [
            ...failureIf(missing, [name], "is required"),
            ...misshapen(given, { [name]: shape }),
        ];
        // The rest is still checked, so that all is told at once.
        if (failures.length > 0) given[name] = Unknown;
        return failures;
    });
    return [...unexpected(news, resource.inputs), ...wrong, ...(resource.problems?.(given) ?? [])];
}

function stored(inputs: TlsResource["inputs"]): TlsResource["inputs"] {
    return Object.fromEntries(Object.entries(inputs).filter(([, { writeOnly }]) => !writeOnly));
}

/** The inputs that are there, or have a default. */
function completed<Value extends PropertyValue>(
    news: Readonly<Record<string, Value>>,
    inputs: TlsResource["inputs"],
) {
    const all = Object.entries(inputs).map(
        ([name, spec]) => [name, news[name] ?? spec.default ?? null] as const,
    );
    return Object.fromEntries(all.filter(([, value]) => value !== null));
}

function outputsOf(resource: TlsResource, news: PropertyMap, computed: PropertyMap): PropertyMap {
    const made = resource.computed.map((name) => [name, computed[name] ?? null] as const);
    const outputs = { ...completed(news, stored(resource.inputs)), ...Object.fromEntries(made) };
    const marked = Object.entries(outputs).map(
        ([name, value]) => [name, secrets.includes(name) ? asSecret(value) : value] as const,
    );
    return Object.fromEntries(marked);
}
