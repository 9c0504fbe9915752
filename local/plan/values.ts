/** Reading what a preview tells, in which anything may be missing or not known yet. */

export const textOf = (value: unknown): string | undefined =>
    typeof value === "string" ? value : undefined;

export function numberOf(value: unknown): number | undefined {
    if (typeof value === "number") return value;
    return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : undefined;
}

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textsOf = (value: unknown): string[] =>
    listOf(value).filter((each) => typeof each === "string");

/** What stands at a path such as "spec.replicas". */
export function at(value: unknown, path: string): unknown {
    return path
        .split(".")
        .reduce<unknown>(
            (found, key) =>
                typeof found === "object" && found !== null
                    ? (found as Readonly<Record<string, unknown>>)[key]
                    : undefined,
            value,
        );
}

/** Groups in the order of their first members. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
    const groups = new Map<string, T[]>();
    for (const item of items) {
        const key = keyOf(item);
        const group = groups.get(key);
        if (group) group.push(item);
        else groups.set(key, [item]);
    }
    return groups;
}

export const sum = (numbers: readonly number[]): number =>
    numbers.reduce((total, each) => total + each, 0);

/** By the alphabet, and numbers in them by their value. */
export const compared = (one: string, other: string): number =>
    one.localeCompare(other, "en", { numeric: true });

export const counted = (count: number, noun: string): string =>
    `${count} ${noun}${count === 1 ? "" : "s"}`;
