import { isPropertyMap, PropertyValue, Unknown } from "../protocol/provider";

export interface Change {
    readonly path: readonly (string | number)[];
    readonly kind: "add" | "delete" | "update";
}

/** Every difference between two values without secrets. A null is as good as nothing. */
export function changesBetween(
    old: PropertyValue | undefined,
    now: PropertyValue | undefined,
    path: Change["path"] = [],
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

/** A path as the engine writes it: `metadata.labels["app.kubernetes.io/name"]`, `spec.ports[0]`. */
export function pathText(path: Change["path"]): string {
    return path
        .map((part, index) => {
            if (typeof part === "number") {
                return `[${part}]`;
            }
            if (!/^[A-Za-z_$][\w$]*$/.test(part)) {
                return `["${part.replace(/["\\]/g, "\\$&")}"]`;
            }
            return index === 0 ? part : `.${part}`;
        })
        .join("");
}

/** Reads what `pathText` and the users of `ignoreChanges` write. */
export function parsePath(text: string): Change["path"] {
    const parts = text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g);
    return [...parts].map(([, quoted, index, name]) => {
        return quoted?.replace(/\\(.)/g, "$1") ?? (index === undefined ? name! : Number(index));
    });
}

/** Whether one path lies at or below the other. */
export function isWithin(path: Change["path"], parent: Change["path"]): boolean {
    return parent.every((part, index) => part === path[index]);
}
