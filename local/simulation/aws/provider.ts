import { isDeepStrictEqual } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import {
    containsSecrets,
    isPropertyMap,
    ProviderError,
    Unknown,
    unwrapSecrets,
    type Provider,
    type PropertyMap,
    type PropertyValue,
    type ResourceRequest,
} from "../../plugins/protocol/provider";
import type { Call, Cloud, Thing } from "../cloud/cloud";
import { plain, type Json, type JsonMap } from "../cloud/json";
import { type AwsType, Making, type Site } from "./awsType";
import { differences } from "./changes";
import { answer } from "./functions";
import { completed, withName, withoutNotes } from "./naming";
import { refuseCreation, refuseDeletion, refuseMissing } from "./refusals";
import { awsTypes } from "./types";

/** Stands in for Pulumi's AWS provider, on a cloud that is a folder. */
export function awsProvider(cloud: Cloud): Provider {
    let site: Site = { cloud, region: "eu-central-1", partition: "aws" };

    const recorded = async (
        method: Call["method"],
        { type, name, signal }: Pick<ResourceRequest, "type" | "name" | "signal">,
        preview = false,
    ) => {
        for (const { delayMs, error } of cloud.record({ method, type, name, preview })) {
            if (delayMs !== undefined) await sleep(delayMs, undefined, { signal });
            if (error !== undefined) throw new ProviderError(error);
        }
    };

    return {
        async configure(args) {
            const { region } = unwrapSecrets(args);
            if (typeof region === "string") site = { ...site, region };
        },

        async check(request) {
            const type = typeOf(request.type);
            await recorded("check", request);
            return { inputs: withName(type, request) };
        },

        async diff(request) {
            await recorded("diff", request);
            return differences(typeOf(request.type), request.oldInputs, request.news);
        },

        async create(request) {
            const { news, preview } = request;
            const type = typeOf(request.type);
            await recorded("create", request, preview);
            const inputs = completed(type, plain(withoutNotes(news)));
            if (preview) {
                const made = make(type, inputs, "unknown", site);
                return { id: "", outputs: forecast(made, news, {}) };
            }
            const id = type.id(new Making(inputs, "", site));
            const thing = { ...request, id, inputs, outputs: make(type, inputs, id, site) };
            refuseCreation(cloud, thing);
            put(cloud, thing);
            return { id, outputs: { ...thing.outputs, ...secretsOf(news) } };
        },

        async read(request) {
            await recorded("read", request);
            const found = cloud.find(request.type, request.id);
            if (found === undefined) return undefined;
            const given = Object.keys(request.inputs).length > 0 ? request.inputs : found.inputs;
            const seen = Object.keys(given).map((key): [string, PropertyValue] => [
                key,
                found.inputs[key] ?? given[key]!,
            ]);
            return {
                id: request.id,
                outputs: asKnown(found.outputs, request.outputs),
                inputs: asKnown(Object.fromEntries(seen), request.inputs),
            };
        },

        async update(request) {
            const { id, news, preview } = request;
            const type = typeOf(request.type);
            await recorded("update", request, preview);
            const old = plain(request.oldOutputs);
            const inputs = completed(type, plain(withoutNotes(news)), old);
            const outputs = make(type, inputs, id, site, old);
            if (preview) {
                return { outputs: forecast(outputs, news, request.oldOutputs) };
            }
            if (cloud.find(request.type, id) === undefined) {
                throw new ProviderError(`${request.type} ${id} does not exist`);
            }
            refuseMissing(cloud, { ...request, inputs });
            put(cloud, { ...request, id, inputs, outputs });
            return { outputs: { ...outputs, ...secretsOf(news) } };
        },

        async delete(request) {
            await recorded("delete", request);
            const thing = cloud.find(request.type, request.id);
            if (thing === undefined) return;
            refuseDeletion(cloud, thing);
            cloud.remove(thing);
        },

        async invoke({ token, args, preview, signal }) {
            await recorded("invoke", { type: token, name: "", signal }, preview);
            return answer(token, plain(args), site);
        },
    };
}

function typeOf(type: string): AwsType {
    const found = awsTypes[type];
    if (found === undefined) {
        throw new ProviderError(
            `The simulation has no ${type}: add it to local/simulation/aws/types.`,
        );
    }
    return found;
}

function make(type: AwsType, inputs: JsonMap, id: string, site: Site, old?: JsonMap): JsonMap {
    return {
        ...inputs,
        region: inputs.region ?? site.region,
        ...(inputs.tags !== undefined && { tagsAll: inputs.tags }),
        ...type.outputs?.(new Making(inputs, id, site, old)),
    };
}

function put(cloud: Cloud, { type, id, name, inputs, outputs }: Omit<Thing, "own">): void {
    cloud.put({ type, id, name, inputs, outputs });
}

/** Of what AWS will say, that which is given or will stay; nobody knows the rest before. */
function forecast(made: JsonMap, given: PropertyMap, olds: PropertyMap): PropertyMap {
    return Object.fromEntries(
        Object.entries(made).map(([key, value]): [string, PropertyValue] => {
            const now: PropertyValue | undefined = given[key];
            const old: PropertyValue | undefined = olds[key];
            if (now !== undefined && isDeepStrictEqual(plainly(now), value)) return [key, now];
            if (old !== undefined && isDeepStrictEqual(plainly(old), value)) return [key, old];
            return isMap(value) && isPropertyMap(now ?? {}) && isPropertyMap(old ?? {})
                ? [key, forecast(value, (now ?? {}) as PropertyMap, (old ?? {}) as PropertyMap)]
                : [key, Unknown];
        }),
    );
}

const isMap = (value: Json): value is JsonMap => isPropertyMap(value);

/** Those inputs that the engine has marked: it is to keep them so. */
function secretsOf(inputs: PropertyMap): PropertyMap {
    return Object.fromEntries(Object.entries(inputs).filter(([, value]) => containsSecrets(value)));
}

/** What the engine knows already, in its own words: AWS tells no secrets from the rest. */
function asKnown(seen: JsonMap | PropertyMap, known: PropertyMap): PropertyMap {
    return Object.fromEntries(
        Object.entries<PropertyValue>(seen).map(([key, value]) =>
            key in known && isDeepStrictEqual(plainly(known[key]!), plainly(value))
                ? [key, known[key]!]
                : [key, value],
        ),
    );
}

const plainly = (value: PropertyValue) => plain({ value }).value;
