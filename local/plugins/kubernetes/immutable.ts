import { isDeepStrictEqual } from "node:util";
import { KubeError, StatusCause } from "../../kube";
import { parsePath, type Path } from "../protocol/paths";
import { Change, isWithin } from "./diff";
import { isCoreSecret } from "./objects";

export interface Mutability {
    readonly configMapsMutable: boolean;
    readonly secretsMutable: boolean;
}

/**
 * Changes that make another object of it, whatever the API server would allow. Data of a ConfigMap or Secret is
 * among them unless the provider is told otherwise, so that pods see a new name.
 */
export function identityPaths(
    object: { apiVersion?: unknown; kind?: unknown; immutable?: unknown },
    mutability: Mutability,
): Path[] {
    const paths: Path[] = [["kind"], ["metadata", "name"], ["metadata", "namespace"]];
    const frozen = object.immutable === true;
    if (isCoreSecret(object) && (frozen || !mutability.secretsMutable)) {
        paths.push(["data"], ["stringData"], ["type"]);
    }
    if (object.apiVersion === "v1" && object.kind === "ConfigMap") {
        if (frozen || !mutability.configMapsMutable) {
            paths.push(["data"], ["binaryData"]);
        }
    }
    return paths;
}

const immutable =
    /immutable|(may|can)( ?)not (be )?(change|update)|updates? to .* (is|are) forbidden|is forbidden/i;

/** A resource for some fields of another's object is made anew for another object alone. */
export const identityOfPatch: readonly Path[] = [
    ["metadata", "name"],
    ["metadata", "namespace"],
];

/** The fields that the API server refuses to change in place, from its answer to a try. */
export function immutablePaths(error: unknown): Path[] {
    if (!(error instanceof KubeError) || error.status !== 422) {
        return [];
    }
    const causes = error.details?.causes ?? [];
    return causes.filter(isImmutable).map(({ field }) => parsePath(field ?? ""));
}

/** What the API server finds wrong with the object itself, whether it is changed or made anew: in both its answers. */
export function faultsInBoth(change: unknown, creation: unknown): readonly StatusCause[] {
    const [faults, others] = [change, creation].map((error) =>
        error instanceof KubeError && error.status === 422 ? (error.details?.causes ?? []) : [],
    ) as [readonly StatusCause[], readonly StatusCause[]];
    return faults.filter(
        (fault) => !isImmutable(fault) && others.some((other) => isDeepStrictEqual(other, fault)),
    );
}

function isImmutable({ message = "", reason }: StatusCause): boolean {
    const forbidden = reason === "FieldValueForbidden" && /update|change/i.test(message);
    return forbidden || immutable.test(message);
}

/** A change replaces the object when it touches such a field, from above or below. */
export function replaces(change: Change, paths: readonly Path[]): boolean {
    return paths.some((path) => isWithin(change.path, path) || isWithin(path, change.path));
}
