import { isIP } from "node:net";
import type { CheckFailure, RevealedMap, RevealedValue } from "../protocol/provider";
import { Unknown } from "../protocol/provider";
import { subjectAttributes, type Subject } from "./subject";

type Kind = "text" | "integer" | "flag" | "texts" | "subject";

export interface InputSpec {
    readonly kind: Kind;
    readonly required?: boolean;
    readonly default?: string | number | boolean;
    /** Smallest and largest integer allowed. */
    readonly range?: readonly [number, number];
    readonly oneOf?: readonly string[];
    /** Kept encrypted in the state. */
    readonly secret?: boolean;
    /** A change of it alone does not make a new resource. */
    readonly inPlace?: boolean;
    /** Not repeated in the outputs, and a change of it alone is none. */
    readonly writeOnly?: boolean;
}

export type InputSpecs = Readonly<Record<string, InputSpec>>;

/** The inputs of one resource by type; what is missing, or not known yet in a preview, is undefined. */
export class Inputs {
    constructor(
        private readonly values: RevealedMap,
        private readonly specs: InputSpecs,
    ) {}

    text(name: string): string | undefined {
        return this.known(name) as string | undefined;
    }

    integer(name: string): number | undefined {
        return this.known(name) as number | undefined;
    }

    flag(name: string): boolean {
        return this.known(name) === true;
    }

    texts(name: string): readonly string[] {
        const values = (this.known(name) ?? []) as readonly RevealedValue[];
        return values.filter((value): value is string => typeof value === "string");
    }

    subject(): Subject {
        return (this.known("subject") ?? {}) as Subject;
    }

    /** Whether it was given, even if its value is not known yet. */
    has(name: string): boolean {
        return (this.values[name] ?? undefined) !== undefined;
    }

    private known(name: string): RevealedValue | undefined {
        const value = this.values[name] ?? this.specs[name]?.default;
        return value === Unknown || value === null ? undefined : value;
    }
}

/** Everything that can be said about inputs one by one. */
export function shapeFailures(values: RevealedMap, specs: InputSpecs): CheckFailure[] {
    const unexpected = Object.keys(values)
        .filter((name) => !(name in specs))
        .map((property) => ({
            property,
            reason: `is not an input; those are ${Object.keys(specs).join(", ")}`,
        }));
    const wrong = Object.entries(specs).flatMap(([property, spec]) => {
        const reason = problemWith(values[property] ?? null, spec);
        return reason === undefined ? [] : [{ property, reason }];
    });
    return [...unexpected, ...wrong];
}

function problemWith(value: RevealedValue, spec: InputSpec): string | undefined {
    if (value === null) {
        return spec.required ? "is required" : undefined;
    }
    if (value === Unknown) {
        return undefined;
    }
    switch (spec.kind) {
        case "text":
            return typeof value === "string"
                ? notOneOf(value, spec)
                : `must be a string, not ${show(value)}`;
        case "flag":
            return typeof value === "boolean"
                ? undefined
                : `must be true or false, not ${show(value)}`;
        case "integer": {
            const [least, most] = spec.range ?? [-Infinity, Infinity];
            const fits = Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
            const limits = Number.isFinite(most)
                ? `from ${least} to ${most}`
                : `of ${least} or more`;
            return fits ? undefined : `must be a whole number ${limits}, not ${show(value)}`;
        }
        case "texts":
            return textsProblem(value, spec);
        case "subject":
            return subjectProblem(value);
    }
}

function textsProblem(value: RevealedValue, spec: InputSpec): string | undefined {
    if (!Array.isArray(value)) {
        return `must be a list of strings, not ${show(value)}`;
    }
    const problems = value.flatMap((element: RevealedValue) => {
        if (element === Unknown) {
            return [];
        }
        return typeof element === "string"
            ? (notOneOf(element, spec) ?? [])
            : [`must hold strings only, not ${show(element)}`];
    });
    return problems.length === 0 ? undefined : problems.join("; ");
}

function notOneOf(value: string, { oneOf }: InputSpec): string | undefined {
    return oneOf === undefined || oneOf.includes(value)
        ? undefined
        : `${JSON.stringify(value)} is not known; use ${oneOf.join(", ")}`;
}

function subjectProblem(value: RevealedValue): string | undefined {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
        return `must be an object, not ${show(value)}`;
    }
    const problems = Object.entries(value as RevealedMap).flatMap(([name, part]) => {
        if (!(subjectAttributes as readonly string[]).includes(name)) {
            return [`${name} is not part of a subject; use ${subjectAttributes.join(", ")}`];
        }
        const kind = name === "streetAddresses" ? "texts" : "text";
        const problem = problemWith(part, { kind });
        return problem === undefined ? [] : [`${name} ${problem}`];
    });
    return problems.length === 0 ? undefined : problems.join("; ");
}

/** What is wrong with names a certificate shall be valid for. */
export function nameFailures(inputs: Inputs): CheckFailure[] {
    const check = (property: string, valid: (name: string) => boolean, wanted: string) =>
        inputs
            .texts(property)
            .filter((name) => !valid(name))
            .map((name) => ({ property, reason: `${JSON.stringify(name)} is not ${wanted}` }));
    return [
        ...check("dnsNames", (name) => /^[!-~]+$/.test(name), "a DNS name"),
        // An address with a zone ("fe80::1%eth0") cannot stand in a certificate.
        ...check("ipAddresses", (ip) => isIP(ip) !== 0 && !ip.includes("%"), "an IP address"),
        ...check("uris", (uri) => URL.canParse(uri) && /^[!-~]+$/.test(uri), "an absolute URI"),
    ];
}

function show(value: RevealedValue): string {
    return typeof value === "object" ? "an object or list" : JSON.stringify(value);
}
