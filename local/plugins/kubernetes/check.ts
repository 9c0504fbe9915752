import { createHash, randomBytes } from "node:crypto";
import { isAbsent, KindNotServedError, KubeClient } from "../../kube";
import {
    CheckFailure,
    CheckRequest,
    CheckResult,
    isPropertyMap,
    PropertyMap,
    PropertyValue,
    SecretValue,
    Unknown,
    unwrapSecrets,
} from "../protocol/provider";
import { annotations } from "./annotations";
import { parseWaitFor } from "./await/waitFor";
import { Configuration } from "./configuration";
import { isPatch, kindOfType, serverMetadata, without } from "./objects";

type Revealed = Readonly<Record<string, PropertyValue>>;

/** Completes the inputs with name and namespace and says what is wrong with them. */
export async function check(
    request: CheckRequest,
    { client, namespace }: Pick<Configuration, "client" | "namespace">,
): Promise<CheckResult> {
    const { news, olds, type } = request;
    const failures = problemsOf(news, type);
    if (failures.length > 0) {
        return { inputs: news, failures };
    }
    const metadata = revealed(news.metadata ?? {});
    if (!metadata) {
        return { inputs: news };
    }
    const additions: Record<string, PropertyValue> = {};
    if (!metadata.name) {
        const named = nameFor(request, metadata, revealed(olds.metadata));
        additions.name = named.name;
        additions.annotations = named.annotations;
    }
    if (!metadata.namespace && (await isNamespaced(client, news))) {
        additions.namespace = namespace;
    }
    const edit = (given: PropertyMap) => ({ ...without(given, serverMetadata), ...additions });
    return { inputs: { ...news, metadata: edited(news.metadata ?? {}, edit) } };
}

function problemsOf(news: PropertyMap, type: string): CheckFailure[] {
    const { apiVersion, kind, metadata } = unwrapSecrets(news) as PropertyMap;
    const typed = kindOfType(type);
    const failures: CheckFailure[] = [];
    if (typeof apiVersion !== "string" || typeof kind !== "string") {
        for (const property of ["apiVersion", "kind"]) {
            if (typeof news[property] !== "string") {
                failures.push({ property, reason: `${property} must be a known string` });
            }
        }
        return failures;
    }
    const patch = isPatch(type, { kind });
    if (kind !== typed.kind && !patch) {
        const reason = `must be ${typed.kind}, not ${kind}, in a resource of type ${type}`;
        failures.push({ property: "kind", reason });
    }
    if (kind.endsWith("List") && Array.isArray(news.items)) {
        const reason = "cannot be created: declare a resource for each of its items";
        failures.push({ property: "kind", reason: `a ${kind} ${reason}` });
    }
    if (metadata !== undefined && metadata !== Unknown && !isPropertyMap(metadata)) {
        failures.push({ property: "metadata", reason: "must be an object" });
    }
    if (patch && !(isPropertyMap(metadata) && metadata.name)) {
        const reason = "is needed: a patch is for an object that is already there";
        failures.push({ property: "metadata.name", reason });
    }
    if (!isPropertyMap(metadata)) {
        return failures;
    }
    failures.push(...metadataProblems(metadata));
    if (metadata.generateName && !metadata.name) {
        failures.push({
            property: "metadata.generateName",
            reason: "generateName is not supported with server-side apply: leave it out to get a generated name, or set name",
        });
    }
    const waitFor = isPropertyMap(metadata.annotations)
        ? metadata.annotations[annotations.waitFor]
        : undefined;
    if (typeof waitFor === "string") {
        try {
            parseWaitFor(waitFor);
        } catch (error) {
            failures.push({
                property: `metadata.annotations["${annotations.waitFor}"]`,
                reason: (error as Error).message,
            });
        }
    }
    return failures;
}

function metadataProblems(metadata: PropertyMap): CheckFailure[] {
    const texts = ["name", "namespace", "generateName"].filter((key) => {
        const value = metadata[key] ?? undefined;
        return value !== undefined && value !== Unknown && typeof value !== "string";
    });
    const maps = ["labels", "annotations"].filter((key) => {
        const value = metadata[key] ?? undefined;
        return value !== undefined && value !== Unknown && !isPropertyMap(value);
    });
    return [
        ...texts.map((key) => ({ property: `metadata.${key}`, reason: "must be a string" })),
        ...maps.map((key) => ({ property: `metadata.${key}`, reason: "must be a map of strings" })),
    ];
}

/** The name from before, or a new one that shows where it comes from; marked, since it may be replaced freely. */
function nameFor(
    { name, randomSeed }: CheckRequest,
    metadata: Revealed,
    old: Revealed | undefined,
): { name: PropertyValue; annotations: PropertyValue } {
    const oldAnnotations = revealed(old?.annotations);
    const adopted = oldAnnotations?.[annotations.autonamed] === "true" ? old?.name : undefined;
    const mark = (given: PropertyMap) => ({ ...given, [annotations.autonamed]: "true" });
    return {
        name: adopted ?? `${name}-${suffix(randomSeed)}`,
        annotations: edited(metadata.annotations ?? {}, mark),
    };
}

function suffix(seed: Uint8Array): string {
    const source = seed.length > 0 ? seed : randomBytes(32);
    return createHash("sha256").update(source).digest("hex").slice(0, 8);
}

/** A kind that is not known (yet) is left as it is: its definition may come in the same deployment. */
async function isNamespaced(client: KubeClient, news: PropertyMap): Promise<boolean> {
    try {
        return await client.isNamespaced(String(news.apiVersion), String(news.kind));
    } catch (error) {
        if (error instanceof KindNotServedError || isAbsent(error)) {
            return false;
        }
        throw error;
    }
}

/** The map behind a value that may be secret; none when it is unknown. */
function revealed(value: PropertyValue | undefined): Revealed | undefined {
    const inner = value instanceof SecretValue ? value.value : value;
    return isPropertyMap(inner) ? inner : undefined;
}

function edited(value: PropertyValue, edit: (map: PropertyMap) => PropertyMap): PropertyValue {
    if (value instanceof SecretValue) {
        return new SecretValue(edited(value.value, edit));
    }
    return value === Unknown || !isPropertyMap(value) ? value : edit(value);
}
