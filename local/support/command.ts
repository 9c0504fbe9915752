import { parseArgs } from "node:util";
import { UsageError, UserError } from "./errors";
import { exitOnSignals, interruptionHasPassed } from "./interruption";

interface Option {
    readonly name: string;
    readonly meaning: string;
    readonly short?: string;
    /** What stands for its value in the help. Without it, the option is a switch. */
    readonly value?: string;
    readonly required?: boolean;
}

type Given<Options extends readonly Option[]> = {
    readonly [Each in Options[number] as Each["name"]]: Each extends { readonly value: string }
        ? Each extends { readonly required: true }
            ? string
            : string | undefined
        : boolean;
};

interface Command<Options extends readonly Option[]> {
    readonly usage: string;
    readonly summary: string;
    readonly options: Options;
    readonly run: (given: Given<Options>) => Promise<void>;
}

/** The stack that a command is about, as Pulumi's own commands take it. */
export const stackOption = {
    name: "stack",
    short: "s",
    value: "STACK",
    required: true,
    meaning: "the stack, such as dev",
} as const;

/** The same for a command that asks nobody about the stack, and so takes any stack file. */
export const stackOrFileOption = {
    ...stackOption,
    meaning: "the stack, such as dev, or any stack file",
} as const;

/** Makes a command's `main`: help, unknown options, errors as a sentence, exit codes, signals. */
export function command<const Options extends readonly Option[]>(
    spec: Command<Options>,
): (args: string[]) => void {
    return (args) => runCommand(() => execute(spec, args));
}

/** Runs a command's work: errors as a sentence, exit codes, signals. */
export function runCommand(work: () => Promise<void>): void {
    exitOnSignals();
    work().catch(async (error: unknown) => {
        await interruptionHasPassed();
        console.error(error instanceof UserError ? `\n${error.message}` : error);
        process.exitCode = error instanceof UsageError ? 2 : 1;
    });
}

async function execute<Options extends readonly Option[]>(
    spec: Command<Options>,
    args: string[],
): Promise<void> {
    const options: readonly Option[] = [...spec.options, { name: "help", meaning: "shows this" }];
    const usage = help(spec.usage, options);
    let values: Record<string, unknown>;
    try {
        values = parseArgs({
            args,
            options: Object.fromEntries(
                options.map(({ name, short, value }) => [
                    name,
                    { type: value ? "string" : "boolean", ...(short && { short }) },
                ]),
            ),
        }).values;
    } catch (error) {
        throw new UsageError(`${(error as Error).message}\n\n${usage}`);
    }
    if (values["help"]) {
        console.log(`${spec.summary}\n\n${usage}`);
        return;
    }
    const missing = options.find(({ name, required }) => required && !values[name]);
    if (missing) throw new UsageError(`Missing: ${shape(missing)}\n\n${usage}`);
    const given = options.map(({ name, value }) => [
        name,
        value ? values[name] : values[name] === true,
    ]);
    await spec.run(Object.fromEntries(given) as Given<Options>);
}

const shape = ({ name, short, value }: Option): string =>
    `${short ? `-${short}, ` : ""}--${name}${value ? ` ${value}` : ""}`;

function help(usage: string, options: readonly Option[]): string {
    const width = Math.max(...options.map((option) => shape(option).length));
    const lines = options.map((option) => `  ${shape(option).padEnd(width)}  ${option.meaning}`);
    return [`Usage: ${usage}`, ...lines].join("\n");
}
