/** Where a property lies within properties. */
export type Path = readonly (string | number)[];

/** A path as the engine writes it: `metadata.labels["app.kubernetes.io/name"]`, `spec.ports[0]`. */
export function pathText(path: Path): string {
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
export function parsePath(text: string): Path {
    const parts = text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g);
    return [...parts].map(([, quoted, index, name]) => {
        return quoted?.replace(/\\(.)/g, "$1") ?? (index === undefined ? name! : Number(index));
    });
}
