import * as proxy from "@pulumi/policy/proxy";

interface UnknownValue extends Error {
    /** The way to the value. */
    readonly props: readonly PropertyKey[];
}

/**
 * What the SDK throws when a value is read that a preview does not know. Its typings leave the class out, and
 * the error is the one thing by which such a value differs from any other.
 */
const { UnknownValueError } = proxy as unknown as {
    readonly UnknownValueError: new (...args: never[]) => UnknownValue;
};

export const isUnknown = (error: unknown): error is UnknownValue =>
    error instanceof UnknownValueError;
