import { isDeepStrictEqual } from "node:util";
import {
    ProviderError,
    refuse,
    SecretValue,
    Unknown,
    unwrapSecrets,
    type CheckFailure,
    type CreateResult,
    type DiffResult,
    type PropertyDiff,
    type PropertyMap,
    type PropertyValue,
    type Provider,
    type RevealedMap,
} from "../protocol/provider";
import { certRequest } from "./certRequest";
import { isReadyForRenewal } from "./certificateInputs";
import { Inputs, shapeFailures } from "./inputs";
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
            const resource = resourceOf(type);
            return { inputs: news, failures: failuresOf(resource, unwrapSecrets(news), clock()) };
        },

        async diff({ type, oldInputs, oldOutputs, news }) {
            const resource = resourceOf(type);
            const changes = changedInputs(resource, unwrapSecrets(oldInputs), unwrapSecrets(news));
            return isDue(resource, oldOutputs, news, clock())
                ? withReplacement(changes, "readyForRenewal")
                : changes;
        },

        async create({ type, news, preview }): Promise<CreateResult> {
            const resource = resourceOf(type);
            refuse(failuresOf(resource, unwrapSecrets(news), clock()));
            if (preview) {
                const computed: PropertyMap = Object.fromEntries(
                    Object.keys(resource.computed).map((name) => [name, Unknown]),
                );
                return { id: "", outputs: outputsOf(resource, news, computed) };
            }
            const inputs = new Inputs(unwrapSecrets(news), resource.inputs);
            const { id, computed } = await resource.create(inputs, clock());
            return { id, outputs: outputsOf(resource, news, computed) };
        },

        async read({ type, id, inputs, outputs }) {
            const resource = resourceOf(type);
            if (Object.keys(outputs).length === 0) {
                throw new ProviderError(`A ${type} cannot be imported: it exists in a state only.`);
            }
            return isDue(resource, outputs, inputs, clock())
                ? { id, inputs, outputs: { ...outputs, readyForRenewal: true } }
                : { id, inputs, outputs };
        },

        async update({ type, news, oldOutputs }) {
            const resource = resourceOf(type);
            refuse(shapeFailures(unwrapSecrets(news), resource.inputs));
            return { outputs: outputsOf(resource, news, oldOutputs) };
        },

        async delete() {
            // A key or certificate is nothing but its entry in the state.
        },
    };
}

function failuresOf(resource: TlsResource, news: RevealedMap, now: Date): readonly CheckFailure[] {
    const failures = shapeFailures(news, resource.inputs);
    const wrong = new Set(failures.map(({ property }) => property));
    // What has the wrong type is left out, so that the rest is still checked and all is told at once.
    const rest: RevealedMap = Object.fromEntries(
        Object.entries(news).map(([name, value]) => [name, wrong.has(name) ? Unknown : value]),
    );
    const inputs = new Inputs(rest, resource.inputs);
    return [...failures, ...resource.problems(inputs, now)];
}

function changedInputs(resource: TlsResource, olds: RevealedMap, news: RevealedMap): DiffResult {
    const detailedDiff: Record<string, PropertyDiff> = {};
    const replaces: string[] = [];
    for (const [name, spec] of Object.entries(resource.inputs)) {
        const before = olds[name] ?? spec.default ?? null;
        const after = news[name] ?? spec.default ?? null;
        if (!spec.writeOnly && !isDeepStrictEqual(before, after)) {
            const kind = before === null ? "add" : after === null ? "delete" : "update";
            detailedDiff[name] = {
                kind: spec.inPlace ? kind : `${kind}-replace`,
                inputDiff: true,
            };
            if (!spec.inPlace) {
                replaces.push(name);
            }
        }
    }
    return { changes: Object.keys(detailedDiff).length > 0, replaces, detailedDiff };
}

function withReplacement(diff: DiffResult, property: string): DiffResult {
    return {
        changes: true,
        replaces: [...(diff.replaces ?? []), property],
        detailedDiff: {
            ...diff.detailedDiff,
            [property]: { kind: "update-replace", inputDiff: false },
        },
    };
}

function isDue(resource: TlsResource, outputs: PropertyMap, news: PropertyMap, now: Date): boolean {
    const { validityEndTime } = unwrapSecrets(outputs);
    const early = new Inputs(unwrapSecrets(news), resource.inputs).integer("earlyRenewalHours");
    return (
        typeof validityEndTime === "string" && isReadyForRenewal(validityEndTime, early ?? 0, now)
    );
}

function outputsOf(resource: TlsResource, news: PropertyMap, computed: PropertyMap): PropertyMap {
    const outputs: Record<string, PropertyValue> = {};
    for (const [name, spec] of Object.entries(resource.inputs)) {
        const value = news[name] ?? spec.default ?? null;
        if (value !== null && !spec.writeOnly) {
            outputs[name] = spec.secret ? asSecret(value) : value;
        }
    }
    for (const [name, { secret }] of Object.entries(resource.computed)) {
        const value = computed[name] ?? null;
        outputs[name] = secret ? asSecret(value) : value;
    }
    return outputs;
}

function asSecret(value: PropertyValue): SecretValue {
    return value instanceof SecretValue ? value : new SecretValue(value);
}
