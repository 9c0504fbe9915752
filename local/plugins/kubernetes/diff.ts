import type { Path } from "../protocol/paths";
import { isPropertyMap, PropertyValue, Unknown } from "../protocol/provider";

export { parsePath, pathText } from "../protocol/paths";

export interface Change {
    readonly path: Path;
    readonly kind: "add" | "delete" | "update";
}

/** Every difference between two values without secrets. A null is as good as nothing. */
export function changesBetween(
    old: PropertyValue | undefined,
    now: PropertyValue | undefined,
    path: Path = [],
): Change[] {
    const before = old ?? undefined;
    const after = now ?? undefined;
    if (isPropertyMap(before) && isPropertyMap(after)) {
        const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
        return [...keys].flatMap((key) => changesBetween(before[key], after[key], [...path, key]));
    }
    if (Array.isArray(before) && Array.isArray(after)) {
        const length = Math.max(before.length, after.length);
        return Array.from({ length }, (_, index) =>
            changesBetween(before[index], after[index], [...path, index]),
        ).flat();
    }
    if (before === after && after !== Unknown) {
        return [];
    }
    return [
        { path, kind: before === undefined ? "add" : after === undefined ? "delete" : "update" },
    ];
}

/** Whether one path lies at or below the other. */
export function isWithin(path: Path, parent: Path): boolean {
    return parent.every((part, index) => part === path[index]);
}
