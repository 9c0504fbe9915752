import { pathText, type Path } from "./paths";
import type { CheckFailure } from "./provider";
import { isPropertyMap, sortOf, Unknown, type RevealedMap, type RevealedValue } from "./values";

/** What is wrong with the value at a path; of one of the wrong type only its sort is told, since it may be secret. */
export type Shape = (value: RevealedValue, path: Path) => CheckFailure[];

export type Shapes = Readonly<Record<string, Shape>>;

const typed =
    (wanted: string, fits: (value: RevealedValue) => boolean): Shape =>
    (value, path) =>
        failureIf(!fits(value), path, `must be ${wanted}, not ${sortOf(value)}`);

export const text = typed("a string", (value) => typeof value === "string");
export const flag = typed("true or false", (value) => typeof value === "boolean");
export const list = typed("a list", Array.isArray);
const texts = typed("a list of strings", Array.isArray);
const textMap = typed("a map of strings", isPropertyMap);
const object = typed("an object", isPropertyMap);

/** A text of which more is wanted. */
export const textThat =
    (problemOf: (given: string) => string | false): Shape =>
    (value, path) => {
        const problem = typeof value === "string" && problemOf(value);
        return problem === false ? text(value, path) : failureAt(path, problem);
    };

export const oneOf = (choices: readonly string[]): Shape =>
    textThat(
        (given) =>
            !choices.includes(given) &&
            `${JSON.stringify(given)} is not known; use ${choices.join(", ")}`,
    );

export const textsOf =
    (element: Shape): Shape =>
    (value, path) =>
        Array.isArray(value) ? eachMisshapen(value.entries(), element, path) : texts(value, path);

export const mapOf =
    (element: Shape): Shape =>
    (value, path) =>
        isPropertyMap(value)
            ? eachMisshapen(Object.entries(value), element, path)
            : textMap(value, path);

/** An object of which some fields are known; those that are missing are fine. */
export const objectOf =
    (fields: Shapes): Shape =>
    (value, path) =>
        isPropertyMap(value) ? misshapen(value, fields, path) : object(value, path);

export function misshapen(values: RevealedMap, shapes: Shapes, path: Path = []): CheckFailure[] {
    return Object.entries(shapes).flatMap(([key, shape]) =>
        eachMisshapen([[key, values[key] ?? Unknown]], shape, path),
    );
}

function eachMisshapen(
    entries: Iterable<[string | number, RevealedValue]>,
    shape: Shape,
    path: Path,
): CheckFailure[] {
    return [...entries].flatMap(([key, value]) =>
        value === Unknown ? [] : shape(value, [...path, key]),
    );
}

export function unexpected(values: RevealedMap, shapes: object, path: Path = []): CheckFailure[] {
    const names = Object.keys(shapes);
    return Object.keys(values)
        .filter((key) => !names.includes(key))
        .flatMap((key) =>
            failureAt([...path, key], `is not an input; those are ${names.join(", ")}`),
        );
}

export function failureAt(path: Path, reason: string): CheckFailure[] {
    return [{ property: pathText(path), reason }];
}

export function failureIf(isSo: unknown, path: Path, reason: string): CheckFailure[] {
    return isSo ? failureAt(path, reason) : [];
}
