import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { describeProblems } from "../../components/support/problems";
import type { ExistingSettings } from "../../stacks/existing/settings";
import { parseSettings, type Settings } from "../../stacks/parseSettings";
import { UserError } from "../support/errors";

type Config = Readonly<Record<string, unknown>>;

/** The stack file as the program will read it; every problem of it is told before anything starts. */
export function readStackFile(file: string): Settings {
    return checkedSettings(file, readConfig(file));
}

/** The settings in the `config` of this file. */
export function checkedSettings(file: string, config: Config): Settings {
    const parsed = parseSettings(config);
    if ("problems" in parsed) {
        throw new UserError(describeProblems(path.basename(file), parsed.problems));
    }
    return parsed.settings;
}

/** The same of a stack that runs on this machine, and so makes no Karmada. */
export function readExistingStack(file: string): ExistingSettings {
    const settings = readStackFile(file);
    if (settings.kind === "existing") return settings;
    const name = path.basename(file);
    throw new UserError(`${name} is of kind "${settings.kind}"; here it has to be "existing".`);
}

/** The `config` of a stack file, unchecked. */
export function readConfig(file: string): Config {
    const shown = path.basename(file);
    let content: unknown;
    try {
        content = parse(textOf(file));
    } catch (error) {
        if (error instanceof UserError) throw error;
        throw new UserError(`${shown} is not YAML: ${(error as Error).message}`);
    }
    const config = (content as { config?: unknown } | null)?.config;
    if (typeof config !== "object" || config === null || Array.isArray(config)) {
        throw new UserError(`${shown} has no mapping "config" with the stack's settings in it.`);
    }
    return config as Record<string, unknown>;
}

/**
 * The engine writes the salt of its encryption into the stack file, and the project's is under version
 * control: it gets a copy of it instead, which keeps the salt.
 */
export function copyStackFile(source: string, copy: string): void {
    const settings = textOf(source);
    const salt = existsSync(copy)
        ? /^encryptionsalt: .*$/m.exec(readFileSync(copy, "utf8"))?.[0]
        : undefined;
    writeFileSync(copy, salt ? `${settings.trimEnd()}\n${salt}\n` : settings, { mode: 0o600 });
}

function textOf(file: string): string {
    try {
        return readFileSync(file, "utf8");
    } catch {
        const name = path.basename(file);
        throw new UserError(
            `There is no stack file ${file}. Bring it back (git checkout -- ${name}), ` +
                `or copy it from another stack's and edit it.`,
        );
    }
}
