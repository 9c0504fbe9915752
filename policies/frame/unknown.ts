import * as proxy from "@pulumi/policy/proxy";
import type { Bag } from "./rule";

interface UnknownValue extends Error {
    /** The way to the value. */
    readonly props: readonly PropertyKey[];
}

/**
 * What the SDK throws when a value is read that a preview does not know, and how it comes to notice. Its typings
 * leave both out, and the error is the one thing by which such a value differs from any other.
 */
const { UnknownValueError, unknownCheckingProxy, getSpecialProxyTarget } = proxy as unknown as {
    readonly UnknownValueError: new (...args: never[]) => UnknownValue;
    readonly unknownCheckingProxy: (named: Bag) => Readonly<Record<string, Bag>>;
    /** By this key such properties give what is behind them. */
    readonly getSpecialProxyTarget: string;
};

/** The properties, with an error that also tells whose they are: of many, a rule of the program reads on and on. */
export function ownedBy({ name, type }: { name: string; type: string }, props: Bag): Bag {
    const owner = `${name} (${type})`;
    return unknownCheckingProxy({ [owner]: props[getSpecialProxyTarget] })[owner]!;
}

export const isUnknown = (error: unknown): error is UnknownValue =>
    error instanceof UnknownValueError;
