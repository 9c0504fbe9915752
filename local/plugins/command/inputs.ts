import type { CommandArgs } from "@pulumi/command/local";
import {
    containsSecrets,
    isPropertyMap,
    unwrapSecrets,
    type CheckFailure,
    type PropertyMap,
    type PropertyValue,
} from "../protocol/provider";
import {
    failureAt,
    failureIf,
    flag,
    list,
    mapOf,
    misshapen,
    oneOf,
    text,
    textsOf,
    textThat,
    unexpected,
    type Shape,
} from "../protocol/shapes";

/** The system takes words that end at a zero byte, and its refusal would print them. */
const word = textThat((given) => given.includes("\0") && "must not hold a zero byte");

const environment: Shape = (value, path) => [
    ...mapOf(word)(value, path),
    ...Object.keys(isPropertyMap(value) ? value : {})
        .filter((name) => name === "" || /[=\0]/.test(name))
        .flatMap((name) => failureAt([...path, name], "cannot be the name of a variable")),
];

const shapes = {
    create: word,
    update: word,
    delete: word,
    dir: word,
    stdin: text,
    interpreter: textsOf(word),
    environment,
    triggers: list,
    logging: oneOf(["stdout", "stderr", "stdoutAndStderr", "none"]),
    addPreviousOutputInEnv: flag,
    // A command of the official provider may have them, and be deleted by this one.
    assetPaths: () => [],
    archivePaths: () => [],
} satisfies Record<keyof CommandArgs, Shape>;

/** All that is wrong with the inputs of a command. */
export function problemsWith(news: PropertyMap): CheckFailure[] {
    const visible = isGiven(news.interpreter) ? ["create", "update", "delete"] : [];
    const exposed = [...visible, "interpreter"].filter((name) => containsSecrets(news[name]));
    return [
        ...unexpected(unwrapSecrets(news), shapes),
        ...mistyped(news),
        ...["assetPaths", "archivePaths"].flatMap((name) =>
            failureIf(
                (news[name] ?? null) !== null,
                [name],
                "is not supported here: read the files in your program instead",
            ),
        ),
        ...exposed.flatMap((name) =>
            failureAt(
                [name],
                "holds a secret, and everybody on this machine can read the arguments of a " +
                    "program: pass the secret in environment or stdin",
            ),
        ),
    ];
}

/** What could not be run, wherever it comes from. */
export function mistyped(properties: PropertyMap): CheckFailure[] {
    return misshapen(unwrapSecrets(properties), shapes);
}

export function isGiven(interpreter: PropertyValue | undefined): boolean {
    return containsSecrets(interpreter) || (Array.isArray(interpreter) && interpreter.length > 0);
}
