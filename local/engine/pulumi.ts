import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { UserError } from "../support/errors";
import { attend } from "../support/interruption";
import { projectRoot } from "../support/root";
import { type Snapshot, wasInterrupted, withUnfinished } from "./interrupted";
import { engineLayout } from "./layout";
import { isLocked, removeLocksOfTheDead } from "./locks";
import { installPlugins } from "./plugins";
import { copyStackFile } from "./stackFile";

export interface EngineOptions {
    readonly stateDir: string;
    readonly stack: string;
    readonly stackFile: string;
    /** The CLI's executable. */
    readonly pulumi: string;
}

export interface Engine {
    /** The CLI and the environment that confines it to the state directory. */
    readonly command: string;
    readonly environment: NodeJS.ProcessEnv;
    /** Set when the last update was cut off: a file by which the state goes out and comes back. */
    readonly settlement?: string;
}

const projectName = "pulumi-karmada-eks";

/** Makes the real Pulumi CLI ready to run the project's own program, all its state in the state directory. */
export async function prepareEngine(options: EngineOptions): Promise<Engine> {
    const layout = engineLayout(options.stateDir);
    mkdirSync(layout.backend, { recursive: true, mode: 0o700 });
    writePassphrase(layout.passphrase);
    const stackFile = layout.stackFile(options.stack);
    copyStackFile(options.stackFile, stackFile);
    await installPlugins(layout);
    removeLocksOfTheDead(layout.backend);
    const stateFile = layout.stackState(projectName, options.stack);
    // What an engine at work has open is its own, and what it will have written must not be written over.
    const unsettled =
        !isLocked(layout.backend) && (wasInterrupted(stateFile) || existsSync(layout.settlement));
    const settlement = unsettled ? layout.settlement : undefined;
    const engine: Engine = {
        settlement,
        command: options.pulumi,
        environment: {
            ...process.env,
            PULUMI_HOME: layout.home,
            // Attributes beside each file would not be written whole when the engine is killed.
            PULUMI_BACKEND_URL: `file://${layout.backend}?metadata=skip`,
            PULUMI_CONFIG_PASSPHRASE_FILE: layout.passphrase,
            PULUMI_STACK: options.stack,
            PULUMI_OPTION_CONFIG_FILE: stackFile,
            PULUMI_OPTION_PRESERVE_CONFIG: "true",
            // The engine's own bound goes by the processors of this machine, and most of an operation is waiting for others.
            PULUMI_PARALLEL: process.env.PULUMI_PARALLEL ?? "64",
            // Those on PATH belong to another installation of the CLI.
            PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
            PULUMI_SKIP_UPDATE_CHECK: "true",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        },
    };
    if (!existsSync(stateFile)) {
        // In a folder of its own, because it writes the stack file of the project it is run in.
        copyFileSync(
            path.join(projectRoot, "Pulumi.yaml"),
            path.join(layout.folder, "Pulumi.yaml"),
        );
        await askPulumi(engine, ["stack", "init", options.stack], layout.folder);
    }
    return engine;
}

/** Secrets in the state are encrypted with a passphrase of this state directory's own. */
function writePassphrase(file: string): void {
    if (!existsSync(file))
        writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 });
}

/** Runs the CLI in the project, on this terminal; answers its exit code. */
export async function runPulumi(engine: Engine, args: readonly string[]): Promise<number> {
    await settle(engine, args);
    const child = spawn(engine.command, args, {
        cwd: projectRoot,
        env: engine.environment,
        stdio: "inherit",
    });
    attend(child);
    return new Promise<number>((resolve, reject) =>
        child.once("error", reject).once("close", (code) => resolve(code ?? 1)),
    );
}

/** Runs the CLI in the project and answers what it printed; a failure is told in its own words. */
export async function askPulumi(
    engine: Engine,
    args: readonly string[],
    cwd = projectRoot,
): Promise<string> {
    await settle(engine, args);
    return execute(engine, args, cwd);
}

/**
 * Before the stack is changed again, finds out what an update that was cut off has made after all: the
 * engine itself only warns, and would leave it behind, or fail because it is there already.
 */
export async function settle(engine: Engine, args: readonly string[]): Promise<void> {
    const { settlement } = engine;
    if (settlement === undefined || !["up", "destroy"].includes(args[0]!)) return;
    const file = ["--file", settlement];
    await execute(engine, ["stack", "export", ...file]);
    const exported = JSON.parse(readFileSync(settlement, "utf8")) as { deployment: Snapshot };
    const deployment = withUnfinished(exported.deployment);
    writeFileSync(settlement, JSON.stringify({ ...exported, deployment }));
    await execute(engine, ["stack", "import", ...file]);
    await execute(engine, ["refresh", "--yes", "--skip-preview"]);
    // Until then it says that there is something to settle still.
    rmSync(settlement);
}

async function execute(
    engine: Engine,
    args: readonly string[],
    cwd = projectRoot,
): Promise<string> {
    const options = { cwd, env: engine.environment, maxBuffer: 1 << 28 };
    try {
        const running = promisify(execFile)(engine.command, args, options);
        attend(running.child);
        return (await running).stdout;
    } catch (error) {
        const { stdout = "", stderr = String(error) } = error as Partial<Record<string, string>>;
        const told = stdout + stderr;
        if (/no stack (named|selected)/.test(told)) {
            const stack = engine.environment.PULUMI_STACK;
            throw new UserError(
                `There is no stack ${stack} where pulumi is logged in; "pulumi whoami --verbose" tells where that is. ` +
                    `Log in to where it is kept; one that was never made has nothing to show or to destroy.`,
            );
        }
        throw new UserError(`pulumi ${args.join(" ")} failed:\n${told}`);
    }
}
