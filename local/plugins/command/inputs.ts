import {
    CheckFailure,
    containsSecrets,
    isPropertyMap,
    PropertyMap,
    PropertyValue,
    sortOf,
    Unknown,
    unwrapSecrets,
} from "../protocol/provider";

type Problem = (value: PropertyValue) => string | undefined;

const loggings = ["stdout", "stderr", "stdoutAndStderr", "none"];

/** The system takes words that end at a zero byte, and its refusal would print them. */
const word: Problem = (value) =>
    typeof value !== "string"
        ? `must be a string, not ${sortOf(value)}`
        : value.includes("\0")
          ? "must not hold a zero byte"
          : undefined;

const problems: Readonly<Record<string, Problem>> = {
    create: word,
    update: word,
    delete: word,
    dir: word,
    stdin: (value) =>
        typeof value === "string" ? undefined : `must be a string, not ${sortOf(value)}`,
    interpreter: (value) =>
        Array.isArray(value)
            ? value
                  .filter((each) => each !== Unknown)
                  .map(word)
                  .find((problem) => problem)
            : `must be a list of strings, not ${sortOf(value)}`,
    environment: (value) =>
        isPropertyMap(value)
            ? environmentProblem(value)
            : `must be a map of strings, not ${sortOf(value)}`,
    triggers: (value) =>
        Array.isArray(value) ? undefined : `must be a list, not ${sortOf(value)}`,
    logging: (value) =>
        loggings.includes(value as string) ? undefined : `must be one of ${loggings.join(", ")}`,
    addPreviousOutputInEnv: (value) =>
        typeof value === "boolean" ? undefined : `must be true or false, not ${sortOf(value)}`,
    assetPaths: () => undefined,
    archivePaths: () => undefined,
};

/** All that is wrong with the inputs of a command; no value is shown, since any may be secret. */
export function problemsWith(news: PropertyMap): CheckFailure[] {
    const known = Object.keys(problems).join(", ");
    const unexpected = Object.keys(news)
        .filter((property) => !(property in problems))
        .map((property) => ({ property, reason: `is not an input; those are ${known}` }));
    const commands = ["create", "update", "delete"];
    const visible = isGiven(news.interpreter) ? commands : [];
    const exposed = [...visible, "interpreter"].filter((name) => containsSecrets(news[name]));
    return [
        ...unexpected,
        ...mistyped(news),
        ...["assetPaths", "archivePaths"]
            .filter((property) => (news[property] ?? null) !== null)
            .map((property) => ({
                property,
                reason: "is not supported here: read the files in your program instead",
            })),
        ...exposed.map((property) => ({
            property,
            reason:
                "holds a secret, and everybody on this machine can read the arguments of a " +
                "program: pass the secret in environment or stdin",
        })),
    ];
}

/** What could not be run, wherever it comes from. */
export function mistyped(properties: PropertyMap): CheckFailure[] {
    const values = unwrapSecrets(properties);
    return Object.entries(problems).flatMap(([property, problem]) => {
        const value = values[property] ?? null;
        const reason = value === null || value === Unknown ? undefined : problem(value);
        return reason === undefined ? [] : [{ property, reason }];
    });
}

export function isGiven(interpreter: PropertyValue | undefined): boolean {
    return containsSecrets(interpreter) || (Array.isArray(interpreter) && interpreter.length > 0);
}

function environmentProblem(environment: PropertyMap): string | undefined {
    for (const [name, value] of Object.entries(environment)) {
        if (name === "" || /[=\0]/.test(name)) {
            return `has ${JSON.stringify(name)}, which cannot be the name of a variable`;
        }
        const problem = value === Unknown ? undefined : word(value);
        if (problem !== undefined) {
            return `${name} ${problem}`;
        }
    }
    return undefined;
}
