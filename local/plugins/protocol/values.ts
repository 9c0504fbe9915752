import type { Unwrap } from "@pulumi/pulumi";

/** Stands for a value the engine does not know yet; it occurs in previews only. */
export const Unknown = Symbol("unknown value");
export type Unknown = typeof Unknown;

/** A value the engine keeps encrypted. Its text never shows when it is printed by accident. */
export class SecretValue {
    constructor(readonly value: PropertyValue) {}

    toString(): string {
        return "[secret]";
    }

    toJSON(): string {
        return "[secret]";
    }
}

export type PropertyValue =
    | null
    | boolean
    | number
    | string
    | Unknown
    | SecretValue
    | readonly PropertyValue[]
    | PropertyMap;

export interface PropertyMap {
    readonly [key: string]: PropertyValue;
}

/** A value without secrets around it; unknowns may remain. */
export type RevealedValue =
    null | boolean | number | string | Unknown | readonly RevealedValue[] | RevealedMap;

export interface RevealedMap {
    readonly [key: string]: RevealedValue;
}

/** The arguments of a resource of the SDK as they are when they are known. */
export type Plain<Args> = { readonly [Name in keyof Args]: AsReadonly<Unwrap<Args[Name]>> };
type AsReadonly<Value> = Value extends readonly (infer Element)[] ? readonly Element[] : Value;

export function isPropertyMap(value: PropertyValue | undefined): value is PropertyMap {
    const isObject = typeof value === "object" && value !== null;
    return isObject && !Array.isArray(value) && !(value instanceof SecretValue);
}

export function mapValues<Value, Result>(
    map: Readonly<Record<string, Value>>,
    change: (value: Value) => Result,
): Record<string, Result> {
    return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

/** Whether this value or any value within it, secret or not, satisfies the test. */
function contains(value: unknown, test: (value: unknown) => boolean): boolean {
    const within = typeof value === "object" ? Object.values(value ?? {}) : [];
    return test(value) || within.some((inner) => contains(inner, test));
}

export function containsUnknowns(value: PropertyValue | undefined): boolean {
    return contains(value, (v) => v === Unknown);
}

export function containsSecrets(value: PropertyValue | undefined): boolean {
    return contains(value, (v) => v instanceof SecretValue);
}

/** What sort of value it is; the value itself may be secret. */
export function sortOf(value: RevealedValue): string {
    if (value === null) {
        return "nothing";
    }
    if (value === Unknown) {
        return "something not known yet";
    }
    return Array.isArray(value) ? "a list" : isPropertyMap(value) ? "a map" : `a ${typeof value}`;
}

/** The same value with every secret, however deep, replaced by what it holds. */
export function unwrapSecrets(value: PropertyMap): RevealedMap;
export function unwrapSecrets(value: PropertyValue): RevealedValue;
export function unwrapSecrets(value: PropertyValue): RevealedValue {
    if (value instanceof SecretValue) {
        return unwrapSecrets(value.value);
    }
    if (Array.isArray(value)) {
        return value.map((element: PropertyValue) => unwrapSecrets(element));
    }
    if (isPropertyMap(value)) {
        return mapValues(value, (inner) => unwrapSecrets(inner));
    }
    return value as RevealedValue;
}

/** Secret as a whole, without secrets within. */
export function asSecret(value: PropertyValue): SecretValue {
    return value instanceof SecretValue ? value : new SecretValue(unwrapSecrets(value));
}
