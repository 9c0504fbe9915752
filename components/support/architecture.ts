export type Architecture = "x86_64" | "arm64";

const instanceType = /^([a-z]+)(\d+)([a-z]*)(?:-[a-z0-9]+)?\.(?:[a-z0-9-]+)$/;

/** Amazon's own processors have a "g" behind the generation, but for the very first ones. */
export function architectureOf(type: unknown): Architecture | undefined {
    const [, family, , attributes = ""] =
        (typeof type === "string" && instanceType.exec(type)) || [];
    if (family === undefined || family === "mac") return undefined;
    return family === "a" || attributes.includes("g") ? "arm64" : "x86_64";
}
