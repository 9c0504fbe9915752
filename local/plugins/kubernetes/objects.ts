import { KubeObject, ObjectRef } from "../../kube";
import {
    asSecret,
    containsSecrets,
    isPropertyMap,
    PropertyMap,
    PropertyValue,
    ProviderError,
    unwrapSecrets,
} from "../protocol/provider";

/** Fields of metadata that only the API server sets: never inputs. */
export const serverMetadata = [
    "creationTimestamp",
    "deletionGracePeriodSeconds",
    "deletionTimestamp",
    "generation",
    "managedFields",
    "resourceVersion",
    "selfLink",
    "uid",
] as const;

/** The SDKs cannot have dashes in the names of typed properties. */
const extensionOfSchema =
    /^x[-_]kubernetes[-_](embedded[-_]resource|int[-_]or[-_]string|list[-_]map[-_]keys|list[-_]type|map[-_]type|preserve[-_]unknown[-_]fields|validations)$/;

/** Inputs or state of the engine as Kubernetes has them. They must hold no unknown value. */
export function toObject(properties: PropertyMap): KubeObject {
    const renamed = renameKeys(unwrapSecrets(properties), "-") as Record<string, unknown>;
    return without(renamed, ["__inputs", "__initialApiVersion", "__fieldManager"]) as KubeObject;
}

/** The live object as state of the engine: secret where the inputs are, with what later operations need. */
export function toOutputs(
    live: KubeObject,
    inputs: PropertyMap,
    fieldManager: string,
): PropertyMap {
    const kept = { ...live, metadata: without(live.metadata, ["managedFields"]) };
    return {
        ...markSecrets(renameKeys(kept as unknown as PropertyMap, "_") as PropertyMap, inputs),
        __inputs: markSecrets(inputs, inputs),
        __initialApiVersion: live.apiVersion,
        __fieldManager: fieldManager,
    };
}

/** Inputs or state with the same names everywhere and without secrets; unknowns may remain. */
export function comparable(properties: PropertyMap): PropertyMap {
    return renameKeys(unwrapSecrets(properties), "_") as PropertyMap;
}

/** A live object cut to what the given inputs speak of, so that a later comparison sees drift and nothing else. */
export function toInputs(live: KubeObject, inputs: PropertyMap): PropertyMap {
    const object = renameKeys(live as unknown as PropertyMap, "_") as PropertyMap;
    const shape = unwrapSecrets(inputs) as PropertyMap;
    const inputsNow = { ...(cut(object, shape) as PropertyMap), ...stringDataOf(live, shape) };
    return markSecrets(inputsNow, inputs);
}

/** The API server moves what is written as stringData into data. */
function stringDataOf(live: KubeObject, shape: PropertyMap): PropertyMap {
    if (!isCoreSecret(live) || !isPropertyMap(shape.stringData)) {
        return {};
    }
    const data = (live.data ?? {}) as Record<string, string>;
    const keys = Object.keys(shape.stringData).filter((key) => key in data);
    const decoded = keys.map((key) => [key, Buffer.from(data[key]!, "base64").toString("utf8")]);
    return { stringData: Object.fromEntries(decoded) as PropertyMap };
}

/** A live object as if someone had written it down: what an import starts from. */
export function toImportedInputs(live: KubeObject): PropertyMap {
    const metadata = without(live.metadata, serverMetadata);
    const inputs = { ...without(live, ["status"]), metadata } as PropertyMap;
    return markSecrets(renameKeys(inputs, "_") as PropertyMap, {});
}

export function idOf({ metadata }: KubeObject): string {
    const { namespace, name } = metadata;
    return namespace ? `${namespace}/${name}` : String(name);
}

export function parseId(id: string): { name: string; namespace?: string } {
    const parts = id.split("/");
    if (parts.length > 2 || parts.includes("")) {
        throw new ProviderError(
            `${JSON.stringify(id)} names no object: use "namespace/name", or "name" for one that ` +
                `is in no namespace or in the provider's`,
        );
    }
    const [name = "", namespace] = parts.reverse();
    return { name, namespace };
}

export function shown(object: KubeObject): string {
    return `${object.kind} ${idOf(object)}`;
}

export function isCoreSecret(object: { apiVersion?: unknown; kind?: unknown }): boolean {
    return object.apiVersion === "v1" && object.kind === "Secret";
}

/** `kubernetes:core/v1:ConfigMap` is kind ConfigMap of v1. */
export function kindOfType(type: string): Pick<ObjectRef, "apiVersion" | "kind"> {
    const [, apiVersion = "", kind = ""] = type.split(":");
    return { apiVersion: apiVersion.replace(/^core\//, ""), kind };
}

/** `kubernetes:core/v1:ConfigMapPatch` is some fields of a ConfigMap that others have made. */
export function isPatch(type: string, { kind }: { readonly kind?: unknown }): boolean {
    return kindOfType(type).kind === `${String(kind)}Patch`;
}

export function without<T>(
    map: Readonly<Record<string, T>>,
    keys: readonly string[],
): Record<string, T> {
    return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}

/** Secret are: what is secret in the inputs, and all that a Secret holds. */
function markSecrets(properties: PropertyMap, inputs: PropertyMap): PropertyMap {
    const marked: Record<string, PropertyValue> = {};
    for (const [key, value] of Object.entries(properties)) {
        marked[key] = markSecret(value, inputs[key]);
    }
    return isCoreSecret(properties) ? heldBySecret.reduce(hidden, marked) : marked;
}

function markSecret(value: PropertyValue, input: PropertyValue | undefined): PropertyValue {
    if (isPropertyMap(value) && isPropertyMap(input)) {
        return markSecrets(value, input);
    }
    return containsSecrets(input) ? asSecret(value) : value;
}

/** kubectl keeps a copy of all it has applied in an annotation. */
const heldBySecret = [
    ["data"],
    ["stringData"],
    ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"],
];

function hidden(map: PropertyMap, [key = "", ...deeper]: readonly string[]): PropertyMap {
    const value = map[key] ?? null;
    if (deeper.length > 0) {
        return isPropertyMap(value) ? { ...map, [key]: hidden(value, deeper) } : map;
    }
    return value === null ? map : { ...map, [key]: asSecret(value) };
}

function cut(value: PropertyValue, shape: PropertyValue): PropertyValue {
    if (isPropertyMap(value) && isPropertyMap(shape)) {
        // The API server leaves out what is empty.
        const kept = Object.entries(shape).filter(
            ([key, wanted]) => key in value || isEmpty(wanted),
        );
        return Object.fromEntries(
            kept.map(([key, wanted]) => [key, key in value ? cut(value[key]!, wanted) : wanted]),
        );
    }
    if (Array.isArray(value) && Array.isArray(shape) && value.length === shape.length) {
        return value.map((inner: PropertyValue, index) =>
            cut(inner, shape[index] as PropertyValue),
        );
    }
    return value;
}

function isEmpty(value: PropertyValue): boolean {
    return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

function renameKeys(value: PropertyValue, separator: "-" | "_"): PropertyValue {
    if (Array.isArray(value)) {
        return value.map((inner: PropertyValue) => renameKeys(inner, separator));
    }
    if (!isPropertyMap(value)) {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [
            extensionOfSchema.test(key) ? key.replace(/[-_]/g, separator) : key,
            renameKeys(inner, separator),
        ]),
    );
}
