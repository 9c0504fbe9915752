import { isUnknown } from "./unknown";

/** What lies there; undefined where the way does not lead on. A value that a preview does not know throws. */
export function at(value: unknown, ...way: readonly (string | number)[]): unknown {
    let here = value;
    for (const step of way) {
        if (typeof here !== "object" || here === null || !Object.hasOwn(here, step))
            return undefined;
        here = (here as Record<string | number, unknown>)[step];
    }
    return here ?? undefined;
}

/** Whether something stands there, known or not. */
export function isSet(value: unknown, ...way: readonly [...(string | number)[], string]): boolean {
    const holder = at(value, ...way.slice(0, -1));
    return typeof holder === "object" && holder !== null && Object.hasOwn(holder, way.at(-1)!);
}

export function textAt(value: unknown, ...way: readonly (string | number)[]): string | undefined {
    const found = at(value, ...way);
    return typeof found === "string" ? found : undefined;
}

export function numberAt(value: unknown, ...way: readonly (string | number)[]): number | undefined {
    const found = at(value, ...way);
    return typeof found === "number" ? found : undefined;
}

/** How many entries; none where there is no list. */
export function lengthAt(value: unknown, ...way: readonly (string | number)[]): number {
    const found = at(value, ...way);
    return Array.isArray(found) ? found.length : 0;
}

/** The list's entries; none where there is no list. */
export function listAt(value: unknown, ...way: readonly (string | number)[]): unknown[] {
    const found = at(value, ...way);
    return Array.from({ length: lengthAt(found) }, (_, index) => at(found, index));
}

export function textsAt(value: unknown, ...way: readonly (string | number)[]): string[] {
    return listAt(value, ...way).filter((entry) => typeof entry === "string");
}

export function keysAt(value: unknown, ...way: readonly (string | number)[]): string[] {
    const found = at(value, ...way);
    return typeof found === "object" && found !== null && !Array.isArray(found)
        ? Object.keys(found)
        : [];
}

/** Every text anywhere in it, except those that a preview does not know. */
export function knownTexts(value: unknown): string[] {
    if (typeof value === "string") return [value];
    if (typeof value !== "object" || value === null) return [];
    return Object.keys(value).flatMap((key) => {
        try {
            return knownTexts(at(value, key));
        } catch (error) {
            if (!isUnknown(error)) throw error;
            return [];
        }
    });
}

/**
 * Does the work for each; one about which something is not known does not keep the others from being
 * judged, and is told last.
 */
export function forEach<Item>(items: Iterable<Item>, work: (item: Item) => void): void {
    let unknown: unknown;
    for (const item of items) {
        try {
            work(item);
        } catch (error) {
            if (!isUnknown(error)) throw error;
            unknown ??= error;
        }
    }
    if (unknown !== undefined) throw unknown;
}

/** As `listAt`, for a list whose entries may themselves be unknown. */
export function forEachAt(
    value: unknown,
    way: readonly (string | number)[],
    work: (entry: unknown, index: number) => void,
): void {
    const found = at(value, ...way);
    forEach(Array.from({ length: lengthAt(found) }).keys(), (index) =>
        work(at(found, index), index),
    );
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
    return value === undefined ? "not set" : JSON.stringify(value);
}
