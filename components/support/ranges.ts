import { type Problem, shown } from "./problems";

/** A range of IPv4 addresses: its first address as a number, and the length of its prefix. */
export interface Range {
    readonly first: number;
    readonly prefix: number;
}

const notation = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

export const sizeOf = (prefix: number): number => 2 ** (32 - prefix);

/** Undefined for what is no range; addresses within one are taken for the range they lie in. */
export function readRange(text: unknown): Range | undefined {
    const match = typeof text === "string" ? notation.exec(text) : null;
    const [, ...digits] = match ?? [];
    const numbers = digits.map(Number);
    const prefix = numbers.pop();
    if (prefix === undefined || prefix > 32 || numbers.some((byte) => byte > 255)) {
        return undefined;
    }
    const address = numbers.reduce((sum, byte) => sum * 256 + byte, 0);
    return { first: address - (address % sizeOf(prefix)), prefix };
}

export function showRange({ first, prefix }: Range): string {
    const bytes = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
    return `${bytes.join(".")}/${prefix}`;
}

export const contains = (outer: Range, inner: Range): boolean =>
    inner.prefix >= outer.prefix &&
    inner.first >= outer.first &&
    inner.first < outer.first + sizeOf(outer.prefix);

export const overlap = (one: Range, other: Range): boolean =>
    contains(one, other) || contains(other, one);

/** Those that no one on the internet has, and the one shared by carriers, which EKS takes as well. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"] as const;

export const isPrivate = (range: Range): boolean =>
    privateRanges.some((each) => contains(readRange(each)!, range));

export const world = "0.0.0.0/0";

export function checkRange(path: string, value: unknown): Problem[] {
    const range = readRange(value);
    if (range === undefined) {
        const message = `is ${shown(value)}; use an IPv4 range such as "10.0.0.0/16".`;
        return [{ path, message }];
    }
    if (showRange(range) !== value) {
        const message = `is ${shown(value)}, which is an address within a range; use "${showRange(range)}", or "/32" for one address.`;
        return [{ path, message }];
    }
    return [];
}

/** Nobody who is to be let in has a larger one, and two of those would do for everybody. */
const widest = 8;

/** Problems of ranges from which something is to be reached. */
export function checkSources(
    path: string,
    ranges: readonly string[],
    { openToTheWorld, flag, most }: Exposure,
): Problem[] {
    if (ranges.length > most) {
        const message = `has ${ranges.length} ranges; use ${most} at most, and larger ones.`;
        return [{ path, message }];
    }
    return ranges.flatMap((range, at) => {
        const here = `${path}[${at}]`;
        const problems = checkRange(here, range);
        if (problems.length > 0) return problems;
        if (ranges.indexOf(range) < at) {
            return [{ path: here, message: `is ${shown(range)} again; name each range once.` }];
        }
        const { prefix } = readRange(range)!;
        if (prefix < widest && !openToTheWorld) {
            const who = prefix === 0 ? "everybody" : "a large part of the internet";
            const message = `is ${shown(range)}, which is ${who}; name the ranges of those who need it, or set ${flag} to true.`;
            return [{ path: here, message }];
        }
        return [];
    });
}

interface Exposure {
    readonly openToTheWorld: boolean;
    /** Argument that allows it. */
    readonly flag: string;
    /** How many ranges AWS takes. */
    readonly most: number;
}
