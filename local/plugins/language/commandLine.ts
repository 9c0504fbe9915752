import { createRequire } from "node:module";
import type * as net from "node:net";
import * as path from "node:path";
import type { Map } from "google-protobuf";
import type * as rpc from "@pulumi/pulumi/proto/language_pb";
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

type Environment = Readonly<Record<string, string | undefined>>;

export function programCommand(
    request: rpc.RunRequest,
    { programDirectory, rootDirectory, entryPoint, options }: ProgramInfo,
    engine: string,
    environment: Environment,
): CommandLine {
    const flags = Object.entries({
        monitor: request.getMonitorAddress(),
        engine,
        organization: request.getOrganization(),
        project: request.getProject(),
        "root-directory": rootDirectory,
        stack: request.getStack(),
        pwd: programDirectory,
        parallel: String(request.getParallel()),
    }).flatMap(([name, value]) => (value === "" ? [] : [`--${name}`, value]));
    return {
        args: [
            ...nodeArgs(options),
            resolveModule("@pulumi/pulumi/cmd/run", programDirectory),
            ...flags,
            ...(request.getDryrun() ? ["--dry-run"] : []),
            entryPoint,
            ...request.getArgsList(),
        ],
        cwd: process.cwd(),
        env: {
            ...environment,
            ...typescriptVariables(options, environment),
            PULUMI_CONFIG: configJson(request.getConfigMap()),
            PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
        },
    };
}

export function pluginCommand(request: rpc.RunPluginRequest, info: ProgramInfo): CommandLine {
    const { programDirectory, options } = info;
    const environment = Object.fromEntries(
        request.getEnvList().map((entry) => {
            const end = entry.indexOf("=");
            return [entry.slice(0, end), entry.slice(end + 1)];
        }),
    );
    const isPack = isPolicyPack(request);
    const runner = isPack ? "run-policy-pack" : "run-plugin";
    const args = request.getArgsList();
    return {
        args: [
            ...nodeArgs(options),
            ...(isPack && isCompiled(info)
                ? ["--eval", runCompiledPack, "--"]
                : [resolveModule(`@pulumi/pulumi/cmd/${runner}`, programDirectory)]),
            // A policy pack takes its folder last, everything else first.
            ...(isPack ? [...args, programDirectory] : [programDirectory, ...args]),
        ],
        cwd: isPack ? programDirectory : request.getPwd(),
        env: { ...environment, ...typescriptVariables(options, environment) },
    };
}

export const isPolicyPack = (request: rpc.RunPluginRequest) => request.getKind() === "analyzer";
export const isCompiled = ({ options }: ProgramInfo) => options.typescript === false;

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
export function configJson(config: Map<string, string>): string {
    const entries = config.getEntryList().map(([key, value]) => {
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
