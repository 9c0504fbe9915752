import { isDeepStrictEqual } from "node:util";
import { pathText, type Path } from "./paths";
import {
    containsUnknowns,
    isPropertyMap,
    type DiffResult,
    type PropertyValue,
    type RevealedMap,
} from "./provider";

export interface Change {
    readonly path: Path;
    readonly kind: "add" | "delete" | "update";
}

/** Every difference between two values without secrets. */
export function changesBetween(
    old: PropertyValue | undefined,
    now: PropertyValue | undefined,
    path: Path = [],
): Change[] {
    if (isPropertyMap(old) && isPropertyMap(now)) {
        const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
        return [...keys].flatMap((key) => changesBetween(old[key], now[key], [...path, key]));
    }
    if (Array.isArray(old) && Array.isArray(now)) {
        const length = Math.max(old.length, now.length);
        return Array.from({ length }, (_, index) =>
            changesBetween(old[index], now[index], [...path, index]),
        ).flat();
    }
    return changeOf(old, now, path);
}

/** The change of a value as a whole. A null is as good as nothing; what is not known yet does change. */
function changeOf(
    old: PropertyValue | undefined,
    now: PropertyValue | undefined,
    path: Path,
): Change[] {
    const before = old ?? undefined;
    const after = now ?? undefined;
    const kind = before === undefined ? "add" : after === undefined ? "delete" : "update";
    const isSame = isDeepStrictEqual(before, after) && !containsUnknowns(after);
    return isSame ? [] : [{ path, kind }];
}

/** What changes, property by property. Some properties can only change by a replacement. */
export function changedProperties(
    before: RevealedMap,
    after: RevealedMap,
    mustReplace: (property: string) => boolean,
): DiffResult {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const changes = names.flatMap((name) => changeOf(before[name], after[name], [name]));
    return planOf(changes, ({ path }) => mustReplace(String(path[0])));
}

/** What the engine is told of changes, some of which need a new resource. */
export function planOf(
    changes: readonly Change[],
    mustReplace: (change: Change) => boolean,
): Required<Pick<DiffResult, "changes" | "replaces" | "detailedDiff">> {
    const kindOf = (change: Change) =>
        mustReplace(change) ? (`${change.kind}-replace` as const) : change.kind;
    return {
        changes: changes.length > 0,
        replaces: changes.filter(mustReplace).map(({ path }) => pathText(path)),
        detailedDiff: Object.fromEntries(
            changes.map((change) => [
                pathText(change.path),
                { kind: kindOf(change), inputDiff: true },
            ]),
        ),
    };
}
