import { existsSync, readFileSync } from "node:fs";

interface Resource {
    readonly urn: string;
    readonly type: string;
    readonly id?: string;
    readonly inputs?: {
        readonly metadata?: { readonly name?: string; readonly namespace?: string };
    };
    readonly [field: string]: unknown;
}

/** What the engine writes down of a stack, as far as it is looked into here. */
export interface Snapshot {
    readonly resources?: readonly Resource[];
    readonly pending_operations?: readonly { readonly type: string; readonly resource: Resource }[];
}

/** Whether the last update was cut off in the middle of something, so that the state may not be the truth. */
export function wasInterrupted(stateFile: string): boolean {
    if (!existsSync(stateFile)) return false;
    const { checkpoint } = JSON.parse(readFileSync(stateFile, "utf8")) as {
        checkpoint: { latest?: Snapshot };
    };
    return (checkpoint.latest?.pending_operations ?? []).length > 0;
}

/**
 * The state with every Kubernetes object that was being made taken for made: a refresh then drops those
 * that are not there. Of other kinds nothing outlives the provider that was making it.
 */
export function withUnfinished(state: Snapshot): Snapshot {
    const { resources = [], pending_operations: open = [] } = state;
    const unfinished = open.flatMap(({ type, resource }) => {
        const id = objectId(resource);
        if (type !== "creating" || id === undefined) return [];
        const same = resources.filter(({ urn }) => urn === resource.urn);
        if (same.some((each) => each.id === id)) return [];
        // The one that it was to replace still has the place in the stack.
        return [{ ...resource, id, ...(same.length > 0 && { delete: true }) }];
    });
    return { ...state, resources: [...resources, ...unfinished], pending_operations: [] };
}

/** As the provider makes it: the namespace, where there is one, and the name. */
function objectId({ type, inputs }: Resource): string | undefined {
    const { name, namespace } = inputs?.metadata ?? {};
    if (!type.startsWith("kubernetes:") || name === undefined) return undefined;
    return namespace === undefined ? name : `${namespace}/${name}`;
}
