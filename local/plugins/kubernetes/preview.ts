import { isAbsent, KindNotServedError, KubeError } from "../../kube";
import {
    containsUnknowns,
    isPropertyMap,
    PropertyMap,
    PropertyValue,
    Unknown,
} from "../protocol/provider";
import { immutablePaths } from "./immutable";
import { without } from "./objects";

/** What a dry run makes up: the real object will have other values. */
export function previewed(outputs: PropertyMap): PropertyMap {
    const { metadata, ...rest } = without(outputs, ["status"]);
    if (!isPropertyMap(metadata)) {
        return rest;
    }
    const madeUp: Record<string, PropertyValue> = {};
    for (const key of ["uid", "resourceVersion", "creationTimestamp"]) {
        madeUp[key] = Unknown;
    }
    return { ...rest, metadata: { ...metadata, ...madeUp } };
}

/** Asks the API server, or stays with the inputs where it cannot tell yet. */
export async function previewedOr<T>(
    inputs: T,
    news: PropertyMap,
    ask: () => Promise<T>,
): Promise<T> {
    if (containsUnknowns(news)) {
        return inputs;
    }
    try {
        return await ask();
    } catch (error) {
        if (cannotTell(error)) {
            return inputs;
        }
        throw error;
    }
}

/**
 * The kind, its namespace or the whole cluster may come in the same deployment; a user who may preview may not be
 * allowed to write; a webhook may not know dry runs; an immutable object will have been deleted first.
 */
export function cannotTell(error: unknown): boolean {
    if (error instanceof KindNotServedError || isAbsent(error)) {
        return true;
    }
    if (!(error instanceof KubeError)) {
        return false;
    }
    const noDryRun = error.status === 400 && error.message.includes("dry run");
    return noDryRun || [403, 404].includes(error.status) || immutablePaths(error).length > 0;
}
