import { shown } from "../components/support/problems";

/** What a value may be, and what to write where it is something else: at best, what is `wanted` there. */
export interface Kind<T> {
    readonly matches: (value: unknown) => value is T;
    readonly remedy: (value: unknown, wanted?: string) => string;
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isNumber = (value: unknown): value is number => typeof value === "number";
const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
const isMapping = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
const isListOf =
    <T>(is: (value: unknown) => value is T) =>
    (value: unknown): value is T[] =>
        Array.isArray(value) && value.every(is);
const isLabels = (value: unknown): value is Record<string, string> =>
    isMapping(value) && Object.values(value).every((each) => typeof each === "string");

export const kinds = {
    text: {
        matches: isText,
        remedy: (value, wanted) => {
            if (isNumber(value)) return "YAML takes that for a number, so write it in quotes";
            if (isFlag(value)) return "YAML takes that for true or false, so write it in quotes";
            return wanted ?? (value === "" ? "write a text, or leave the key out" : "write a text");
        },
    } as Kind<string>,
    number: {
        matches: isNumber,
        remedy: (value, wanted) =>
            isText(value) && !Number.isNaN(Number(value))
                ? "write the number without quotes"
                : (wanted ?? "write a number"),
    } as Kind<number>,
    flag: {
        matches: isFlag,
        remedy: () => "write true or false, without quotes",
    } as Kind<boolean>,
    texts: {
        matches: isListOf(isText),
        remedy: (value) =>
            isText(value) ? `write a list, such as [${shown(value)}]` : "write a list of texts",
    } as Kind<readonly string[]>,
    numbers: {
        matches: isListOf(isNumber),
        remedy: () => "write a list of numbers, such as [1, 2]",
    } as Kind<readonly number[]>,
    mapping: {
        matches: isMapping,
        remedy: () => "write keys and their values, indented below it",
    } as Kind<Readonly<Record<string, unknown>>>,
    mappings: {
        matches: isListOf(isMapping),
        remedy: () => 'write a list whose entries begin with "- ", each with keys of its own',
    } as Kind<readonly Readonly<Record<string, unknown>>[]>,
    labels: {
        matches: isLabels,
        remedy: () => 'write names and their texts, such as { owner: "platform" }',
    } as Kind<Readonly<Record<string, string>>>,
    weights: {
        matches: isMapping,
        remedy: () => "write members and their weights, such as { one: 1, two: 2 }",
    } as Kind<Readonly<Record<string, unknown>>>,
};
