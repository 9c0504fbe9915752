import { isDeepStrictEqual } from "node:util";
import type { DiffResult, PropertyDiff } from "./provider";
import { containsUnknowns, type RevealedMap } from "./values";

/** What changes, property by property; what is not known yet does. Some properties can only change by a replacement. */
export function changedProperties(
    before: RevealedMap,
    after: RevealedMap,
    mustReplace: (property: string) => boolean,
): DiffResult {
    const properties = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const changed = properties.filter((property) => {
        const old = before[property] ?? null;
        const now = after[property] ?? null;
        return containsUnknowns(now) || !isDeepStrictEqual(old, now);
    });
    const detailedDiff = Object.fromEntries(
        changed.map((property): [string, PropertyDiff] => {
            const added = (before[property] ?? null) === null;
            const kind = added ? "add" : (after[property] ?? null) === null ? "delete" : "update";
            const replaces = mustReplace(property);
            return [property, { kind: replaces ? `${kind}-replace` : kind, inputDiff: true }];
        }),
    );
    return { changes: changed.length > 0, replaces: changed.filter(mustReplace), detailedDiff };
}
