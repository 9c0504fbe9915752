import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { describeProblems } from "../../components/support/problems";
import { nearest } from "../../components/support/spelling";
import type { ExistingSettings } from "../../stacks/existing/settings";
import type { StackFiles } from "../../stacks/files";
import { parseSettings, type Settings } from "../../stacks/parseSettings";
import { UserError } from "../support/errors";

type Config = Readonly<Record<string, unknown>>;

/** The stack file as the program will read it; every problem of it is told before anything starts. */
export function readStackFile(file: string): Settings {
    return checkedSettings(file, readConfig(file));
}

/** The settings in the `config` of this file; with `files`, those that it names are there and good. */
export function checkedSettings(file: string, config: Config, files?: StackFiles): Settings {
    const parsed = parseSettings(config, files);
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
export const readConfig = (file: string): Config => readContent(file).config;

/** A stack file, and in it what Pulumi itself writes beside the `config`. */
export interface Content {
    readonly config: Config;
    readonly secretsprovider?: string;
    readonly encryptionsalt?: string;
}

export function readContent(file: string): Content {
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
    return content as Content;
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
    refuseMissing(file);
    return readFileSync(file, "utf8");
}

/** In the same words wherever a stack file is looked for. */
export function refuseMissing(file: string): void {
    if (existsSync(file)) return;
    const { dir: folder, base: name } = path.parse(file);
    const others = existsSync(folder)
        ? readdirSync(folder).flatMap((each) => stackNamedBy(each) ?? [])
        : [];
    const there = `There is no stack file ${file}`;
    const meant = nearest(stackNamedBy(name) ?? "", others);
    if (meant !== undefined) {
        throw new UserError(`${there}: did you mean ${meant}? There are ${others.join(", ")}.`);
    }
    const deleted = `one that was deleted comes back by "git checkout -- ${name}".`;
    throw new UserError(
        others.length > 0
            ? `${there}; there are those of ${others.join(", ")}. Name one of these stacks, or copy its file and edit it; ${deleted}`
            : `${there}, nor another beside it. Copy Pulumi.dev.yaml of this project and edit it; ${deleted}`,
    );
}

/** "dev" of "Pulumi.dev.yaml". */
export const stackNamedBy = (file: string): string | undefined =>
    /^Pulumi\.([\w.-]+)\.yaml$/.exec(path.basename(file))?.[1];
