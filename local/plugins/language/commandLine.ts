import { createRequire } from "node:module";
import type * as net from "node:net";
import * as path from "node:path";
import { ProviderError, type RevealedMap } from "../protocol/provider";

/** A node process to start. */
export interface CommandLine {
    readonly args: readonly string[];
    readonly cwd: string;
    readonly env: Readonly<Record<string, string | undefined>>;
    /** A socket that it gets with its first message. */
    readonly socket?: net.Server;
}

/** Where a program or plugin lies, and its runtime options from the project file. */
export interface ProgramInfo {
    readonly rootDirectory: string;
    readonly programDirectory: string;
    readonly entryPoint: string;
    readonly options: RevealedMap;
}

export interface ProgramRun {
    readonly info: ProgramInfo;
    readonly monitor: string;
    readonly engine: string;
    readonly organization: string;
    readonly project: string;
    readonly stack: string;
    readonly dryRun: boolean;
    readonly parallel: number;
    readonly args: readonly string[];
    readonly config: Readonly<Record<string, string>>;
    readonly configSecretKeys: readonly string[];
}

export interface PluginRun {
    readonly info: ProgramInfo;
    readonly kind: string;
    readonly pwd: string;
    readonly args: readonly string[];
    readonly env: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

export function programCommand(run: ProgramRun, environment: Environment): CommandLine {
    const { programDirectory, rootDirectory, entryPoint, options } = run.info;
    const flags = Object.entries({
        monitor: run.monitor,
        engine: run.engine,
        organization: run.organization,
        project: run.project,
        "root-directory": rootDirectory,
        stack: run.stack,
        pwd: programDirectory,
        parallel: String(run.parallel),
    }).flatMap(([name, value]) => (value === "" ? [] : [`--${name}`, value]));
    return {
        args: [
            ...nodeArgs(options),
            resolveModule("@pulumi/pulumi/cmd/run", programDirectory),
            ...flags,
            ...(run.dryRun ? ["--dry-run"] : []),
            entryPoint,
            ...run.args,
        ],
        cwd: process.cwd(),
        env: {
            ...environment,
            ...typescriptVariables(options, environment),
            PULUMI_CONFIG: configJson(run.config),
            PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(run.configSecretKeys),
        },
    };
}

export function pluginCommand(run: PluginRun): CommandLine {
    const { programDirectory, options } = run.info;
    const environment = Object.fromEntries(
        run.env.map((entry) => {
            const end = entry.indexOf("=");
            return [entry.slice(0, end), entry.slice(end + 1)];
        }),
    );
    const isPolicyPack = run.kind === "analyzer";
    const runner = isPolicyPack ? "run-policy-pack" : "run-plugin";
    return {
        args: [
            ...nodeArgs(options),
            ...(isCompiledPack(run)
                ? ["--eval", runCompiledPack, "--"]
                : [resolveModule(`@pulumi/pulumi/cmd/${runner}`, programDirectory)]),
            // A policy pack takes its folder last, everything else first.
            ...(isPolicyPack ? [...run.args, programDirectory] : [programDirectory, ...run.args]),
        ],
        cwd: isPolicyPack ? programDirectory : run.pwd,
        env: { ...environment, ...typescriptVariables(options, environment) },
    };
}

export const isCompiledPack = ({ kind, info }: PluginRun): boolean =>
    kind === "analyzer" && info.options.typescript === false;

/**
 * The SDK's own program for policy packs loads a compiler, whatever their options say, and all that programs need:
 * that takes longer than to load the pack.
 */
const runCompiledPack = `
    process.once("message", async (_, socket) => {
        process.disconnect();
        const { Server } = require("node:net");
        const { listen } = Server.prototype;
        Server.prototype.listen = function (address, ...others) {
            Server.prototype.listen = listen;
            return this.listen(socket, ...others);
        };
        const made = require(process.argv.at(-1));
        await (typeof made === "function" ? made() : made);
    });`;

function typescriptVariables(options: RevealedMap, environment: Environment): Environment {
    const { typescript, tsconfig } = options;
    return {
        ...(typescript !== false && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
        ...(typeof tsconfig === "string" && { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
        // Checking types at every start costs ten times the start itself; the tests check them.
        PULUMI_NODEJS_TRANSPILE_ONLY: environment.PULUMI_NODEJS_TRANSPILE_ONLY ?? "true",
    };
}

function nodeArgs({ nodeargs }: RevealedMap): string[] {
    const words = typeof nodeargs === "string" ? nodeargs.match(/'[^']*'|"[^"]*"|\S+/g) : null;
    return (words ?? []).map((word) => word.replace(/^(['"])(.*)\1$/, "$2"));
}

/** The SDK still reads the old form of configuration keys, with `config` in the middle. */
export function configJson(config: Readonly<Record<string, string>>): string {
    const entries = Object.entries(config).map(([key, value]) => {
        const [namespace = "", ...name] = key.split(":");
        return [`${namespace}:config:${name.at(-1) ?? ""}`, value];
    });
    return JSON.stringify(Object.fromEntries(entries));
}

/** The module as the program itself would load it, so that both share one SDK. */
function resolveModule(module: string, programDirectory: string): string {
    try {
        return createRequire(path.join(programDirectory, "index.js")).resolve(module);
    } catch {
        throw new ProviderError(
            `The Pulumi SDK is not installed for ${programDirectory}: run "npm install" there.`,
        );
    }
}
