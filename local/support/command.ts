import { parseArgs } from "node:util";
import { UserError } from "./errors";
import { exitOnSignals, interruptionHasPassed } from "./interruption";

interface Option {
    readonly name: string;
    readonly meaning: string;
}

interface Command<Name extends string> {
    readonly usage: string;
    readonly summary: string;
    readonly options: readonly (Option & { readonly name: Name })[];
    readonly run: (given: Readonly<Record<Name, boolean>>) => Promise<void>;
}

/** Makes a command's `main`: help, unknown options, errors as a sentence, exit codes, signals. */
export function command<Name extends string>(spec: Command<Name>): (args: string[]) => void {
    return (args) => runCommand(() => execute(spec, args));
}

/** Runs a command's work: errors as a sentence, exit codes, signals. */
export function runCommand(work: () => Promise<void>): void {
    exitOnSignals();
    work().catch(async (error: unknown) => {
        await interruptionHasPassed();
        console.error(error instanceof UserError ? `\n${error.message}` : error);
        process.exitCode = 1;
    });
}

async function execute<Name extends string>(spec: Command<Name>, args: string[]): Promise<void> {
    const options = [...spec.options, { name: "help", meaning: "shows this" }];
    let values: Record<string, unknown>;
    try {
        values = parseArgs({
            args,
            options: Object.fromEntries(options.map(({ name }) => [name, { type: "boolean" }])),
        }).values;
    } catch (error) {
        throw new UserError(`${(error as Error).message}\n\n${help(spec.usage, options)}`);
    }
    if (values["help"]) {
        console.log(`${spec.summary}\n\n${help(spec.usage, options)}`);
        return;
    }
    await spec.run(
        Object.fromEntries(spec.options.map(({ name }) => [name, values[name] === true])) as Record<
            Name,
            boolean
        >,
    );
}

function help(usage: string, options: readonly Option[]): string {
    const width = Math.max(...options.map(({ name }) => name.length));
    const lines = options.map(({ name, meaning }) => `  --${name.padEnd(width)}  ${meaning}`);
    return [`Usage: ${usage}`, ...lines].join("\n");
}
