import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";

const words: Readonly<Record<string, string>> = {
    array: "a list",
    boolean: "true or false",
    integer: "a whole number",
    object: "an object",
    string: "a text",
};

/** What a value is not that the schema of an option wants, in sentences; each begins with the path. */
export function valueProblems(
    path: string,
    value: unknown,
    schema: PolicyConfigJSONSchema,
): string[] {
    const wrong = (wanted: string) => [`${path} is ${JSON.stringify(value)}; use ${wanted}.`];
    const { type, minimum, maximum, minLength, pattern } = schema;
    const options = schema.enum;
    if (options !== undefined && !options.includes(value as never)) {
        return wrong(`one of ${options.map((each) => JSON.stringify(each)).join(", ")}`);
    }
    if (typeof type === "string" && !isOf(type, value)) return wrong(words[type] ?? type);
    if (typeof value === "number" && (value < (minimum ?? value) || value > (maximum ?? value))) {
        return wrong(
            maximum === undefined ? `${minimum} or more` : `a number from ${minimum} to ${maximum}`,
        );
    }
    if (typeof value === "string") {
        if (value.length < (minLength ?? 0)) return wrong(`${minLength} characters or more`);
        if (pattern !== undefined && !new RegExp(pattern).test(value)) {
            return wrong(schema.description ?? `what ${pattern} matches`);
        }
    }
    if (Array.isArray(value)) {
        return value.flatMap((each, at) =>
            schema.items && !Array.isArray(schema.items)
                ? valueProblems(`${path}[${at}]`, each, schema.items as PolicyConfigJSONSchema)
                : [],
        );
    }
    if (typeof value === "object" && value !== null) return objectProblems(path, value, schema);
    return [];
}

function objectProblems(
    path: string,
    value: object,
    { properties = {}, required = [], additionalProperties }: PolicyConfigJSONSchema,
): string[] {
    const missing = required
        .filter((name) => !Object.hasOwn(value, name))
        .map((name) => `${path}.${name} is missing.`);
    const given = Object.entries(value).flatMap(([name, each]) => {
        const schema = properties[name] ?? additionalProperties;
        if (schema === false) {
            const known = Object.keys(properties).join(", ");
            return [`${path}.${name} is no option; there are ${known}.`];
        }
        return typeof schema === "object"
            ? valueProblems(`${path}.${name}`, each, schema as PolicyConfigJSONSchema)
            : [];
    });
    return [...missing, ...given];
}

function isOf(type: string, value: unknown): boolean {
    if (type === "array") return Array.isArray(value);
    if (type === "integer") return Number.isInteger(value);
    if (type === "object") {
        return typeof value === "object" && value !== null && !Array.isArray(value);
    }
    return typeof value === type;
}
