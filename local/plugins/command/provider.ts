import { randomBytes } from "node:crypto";
import type { CommandArgs } from "@pulumi/command/local";
import { changedProperties } from "../protocol/changes";
import {
    asSecret,
    containsSecrets,
    CreateRequest,
    Plain,
    PropertyMap,
    PropertyValue,
    Provider,
    ProviderError,
    refuse,
    refuseDamaged,
    Unknown,
    unwrapSecrets,
} from "../protocol/provider";
import { redactor } from "../protocol/redact";
import { isGiven, mistyped, problemsWith } from "./inputs";
import { run } from "./run";

const supported = "command:local:Command";

/** Commands of this machine as resources; those of other machines are left to the official provider. */
export const commandProvider: Provider = {
    async check({ type, news }) {
        refuseOther(type);
        return { inputs: news, failures: problemsWith(news) };
    },

    async diff({ type, oldInputs, news }) {
        refuseOther(type);
        return changedProperties(
            unwrapSecrets(oldInputs),
            unwrapSecrets(news),
            (name) => name === "triggers",
        );
    },

    async create({ type, name, news, preview, ...request }) {
        refuseOther(type);
        refuse(mistyped(news));
        const id = preview ? "" : `${name}${randomBytes(4).toString("hex")}`;
        return { id, outputs: await performed("create", news, nothing, preview, request) };
    },

    async read({ type, id, inputs, outputs }) {
        refuseOther(type);
        if (Object.keys(outputs).length === 0) {
            throw new ProviderError("A command cannot be imported: it exists in a state only.");
        }
        return { id, inputs, outputs };
    },

    async update({ type, news, oldOutputs, preview, ...request }) {
        refuseOther(type);
        refuse(mistyped(news));
        const which = (news.update ?? null) === null ? "create" : "update";
        return { outputs: await performed(which, news, printedIn(oldOutputs), preview, request) };
    },

    async delete({ type, outputs, ...request }) {
        refuseOther(type);
        refuseDamaged(mistyped(outputs));
        await performed("delete", outputs, printedIn(outputs), false, request);
    },

    async invoke({ token }) {
        throw new ProviderError(
            `This command provider has no function ${token}: use ${supported}, or the official one.`,
        );
    },
};

function refuseOther(type: string): void {
    if (type !== supported) {
        throw new ProviderError(
            `This command provider has no ${type}, only ${supported}. Install the official one ` +
                `("pulumi plugin install resource command") for it.`,
        );
    }
}

/** What the last command has printed; secret, if it was. */
type Previous = Readonly<Record<"stdout" | "stderr", PropertyValue>>;

const nothing: Previous = { stdout: "", stderr: "" };

function printedIn({ stdout, stderr }: PropertyMap): Previous {
    return { stdout: stdout ?? "", stderr: stderr ?? "" };
}

async function performed(
    which: "create" | "update" | "delete",
    properties: PropertyMap,
    previous: Previous,
    preview: boolean,
    { signal, status, timeoutSeconds }: Pick<CreateRequest, "signal" | "status" | "timeoutSeconds">,
): Promise<PropertyMap> {
    const values = unwrapSecrets(properties) as Plain<CommandArgs>;
    const command = values[which] ?? undefined;
    const untold = command === undefined || values.addPreviousOutputInEnv === false;
    const told = untold ? nothing : previous;
    // What a command makes of a secret is one as well; only the user can know better.
    const secret = containsSecrets(properties) || containsSecrets(told);
    const outputs = (stdout: PropertyValue, stderr: PropertyValue): PropertyMap => {
        const marked = (value: PropertyValue) => (secret ? asSecret(value) : value);
        return { ...properties, stdout: marked(stdout), stderr: marked(stderr) };
    };
    if (command === undefined) {
        return outputs(previous.stdout, previous.stderr);
    }
    if (preview) {
        return outputs(Unknown, Unknown);
    }
    const logging = values.logging ?? (secret ? "none" : "stdoutAndStderr");
    const redact = redactor([properties, previous]);
    const limit = timeoutSeconds ? [AbortSignal.timeout(timeoutSeconds * 1000)] : [];
    try {
        const { stdout, stderr } = await run({
            command,
            hidden: containsSecrets(properties[which]) && !isGiven(properties.interpreter),
            interpreter: values.interpreter ?? [],
            dir: values.dir ?? undefined,
            environment: { ...values.environment, ...remembered(told) },
            stdin: values.stdin ?? undefined,
            signal: AbortSignal.any([signal, ...limit]),
            redact,
            onLine: (stream, line) => {
                if (logging === stream || logging === "stdoutAndStderr") {
                    status(redact(line));
                }
            },
        });
        return outputs(stdout, stderr);
    } catch (error) {
        if (!(error instanceof ProviderError)) {
            throw error;
        }
        throw new ProviderError(redact(`The ${which} command ${error.message}`));
    }
}

function remembered(previous: Previous): Record<string, string> {
    const { stdout, stderr } = unwrapSecrets(previous);
    return {
        ...(stdout !== "" && { PULUMI_COMMAND_STDOUT: String(stdout) }),
        ...(stderr !== "" && { PULUMI_COMMAND_STDERR: String(stderr) }),
    };
}
