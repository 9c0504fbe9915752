import { isAbsent, meansUnseen } from "../../kube";
import { containsUnknowns, isPropertyMap, PropertyMap, Unknown } from "../protocol/provider";
import { isStatus } from "./failures";
import { immutablePaths } from "./immutable";
import { without } from "./objects";

/** What a dry run makes up: the real object will have other values. */
export function previewed(outputs: PropertyMap): PropertyMap {
    const { metadata, ...rest } = without(outputs, ["status"]);
    const madeUp: PropertyMap = {
        uid: Unknown,
        resourceVersion: Unknown,
        creationTimestamp: Unknown,
    };
    return isPropertyMap(metadata) ? { ...rest, metadata: { ...metadata, ...madeUp } } : rest;
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
    return ask().catch((error: unknown) => {
        if (!cannotTell(error)) throw error;
        return inputs;
    });
}

/**
 * The kind, its namespace or the whole cluster may come in the same deployment; a user who may preview may not be
 * allowed to write; a webhook may not know dry runs; an immutable object will have been deleted first.
 */
function cannotTell(error: unknown): boolean {
    const noDryRun = isStatus(error, 400) && error.message.includes("dry run");
    return meansUnseen(error) || isAbsent(error) || noDryRun || immutablePaths(error).length > 0;
}
