import { isDeepStrictEqual } from "node:util";
import { StatusCause } from "../../kube";
import type { Change } from "../protocol/changes";
import { parsePath, type Path } from "../protocol/paths";
import { Configuration } from "./configuration";
import { isStatus } from "./failures";
import { isCoreSecret } from "./objects";

/**
 * Changes that make another object of it, whatever the API server would allow. Data of a ConfigMap or Secret is
 * among them unless the provider is told otherwise, so that pods see a new name.
 */
export function identityPaths(
    object: { apiVersion?: unknown; kind?: unknown; immutable?: unknown },
    mutability: Pick<Configuration, "configMapsMutable" | "secretsMutable">,
): readonly Path[] {
    const identity: Path[] = [["kind"], ...identityOfPatch];
    const frozen = object.immutable === true;
    if (isCoreSecret(object) && (frozen || !mutability.secretsMutable)) {
        return [...identity, ["data"], ["stringData"], ["type"]];
    }
    const isConfigMap = object.apiVersion === "v1" && object.kind === "ConfigMap";
    return isConfigMap && (frozen || !mutability.configMapsMutable)
        ? [...identity, ["data"], ["binaryData"]]
        : identity;
}

/** A resource for some fields of another's object is made anew for another object alone. */
export const identityOfPatch: readonly Path[] = [
    ["metadata", "name"],
    ["metadata", "namespace"],
];

const immutable =
    /immutable|(may|can)( ?)not (be )?(change|update)|updates? to .* (is|are) forbidden|is forbidden/i;

/** The fields that the API server refuses to change in place, from its answer to a try. */
export function immutablePaths(error: unknown): Path[] {
    return causesOf(error)
        .filter(isImmutable)
        .map(({ field = "" }) => parsePath(field));
}

/** What the API server finds wrong with the object itself, whether it is changed or made anew: in both its answers. */
export function faultsInBoth(change: unknown, creation: unknown): readonly StatusCause[] {
    const others = causesOf(creation);
    return causesOf(change).filter(
        (fault) => !isImmutable(fault) && others.some((other) => isDeepStrictEqual(other, fault)),
    );
}

function causesOf(error: unknown): readonly StatusCause[] {
    return isStatus(error, 422) ? (error.details?.causes ?? []) : [];
}

function isImmutable({ message = "", reason }: StatusCause): boolean {
    const forbidden = reason === "FieldValueForbidden" && /update|change/i.test(message);
    return forbidden || immutable.test(message);
}

/** A change replaces the object when it touches such a field, from above or below. */
export function replaces(change: Change, paths: readonly Path[]): boolean {
    return paths.some((path) => isWithin(change.path, path) || isWithin(path, change.path));
}

function isWithin(path: Path, parent: Path): boolean {
    return parent.every((part, index) => part === path[index]);
}
