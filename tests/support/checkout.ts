import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
    cpSync,
    existsSync,
    mkdtempSync,
    realpathSync,
    rmSync,
    symlinkSync,
    utimesSync,
} from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { attend } from "../../local/support/interruption";
import { projectRoot } from "../../local/support/root";

/** A copy of this checkout, in which commands run as a user would run them in a clone. */
export interface Checkout {
    readonly folder: string;
    /** The copy's own, as everything of the local environment is. */
    readonly stateDir: string;
    /** Runs npm there, e.g. `npm("run", "status", "--", "--json")`; answers its standard output. */
    npm(...args: string[]): Promise<string>;
    /** Starts npm there as a terminal does, and does not wait for its end. */
    begin(...args: string[]): CommandRun;
    /** Stops what runs there and removes the copy; at the latest this process's end does. */
    remove(): void;
}

export interface CommandRun {
    readonly pid: number;
    /** Ctrl-C: it reaches npm and all that npm has started. */
    interrupt(): void;
    readonly end: Promise<{ readonly exitCode: number | null; readonly output: string }>;
}

export class CommandFailed extends Error {
    constructor(
        command: string,
        readonly exitCode: number | null,
        readonly output: string,
    ) {
        super(`${command} ended with ${exitCode}:\n${output.trim()}`);
    }
}

/** Copies what git would commit, as it is in the working tree; the installed packages are shared. */
export function copyCheckout(): Checkout {
    // With a blank, as a user's folder may have one.
    const folder = mkdtempSync(path.join(realpathSync(os.tmpdir()), "karmada-eks checkout-"));
    const stateDir = path.join(folder, ".local");
    const remove = () => {
        process.removeListener("exit", remove);
        if (existsSync(stateDir)) stop(folder);
        rmSync(folder, { recursive: true, force: true });
    };
    process.once("exit", remove);
    fill(folder);
    return {
        folder,
        stateDir,
        npm: async (...args) => (await run("npm", ["--silent", ...args], folder)).stdout,
        begin: (...args) => begin("npm", ["--silent", ...args], folder),
        remove,
    };
}

function fill(folder: string): void {
    const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    const files = execFileSync("git", list, { cwd: projectRoot, encoding: "utf8" }).split("\0");
    for (const file of files.filter(Boolean)) {
        const source = path.join(projectRoot, file);
        // Git still lists a file that was deleted and not committed so.
        if (!existsSync(source)) continue;
        cpSync(source, path.join(folder, file), { preserveTimestamps: true });
    }
    symlinkSync(path.join(projectRoot, "node_modules"), path.join(folder, "node_modules"), "dir");
    // Older than the packages: the copy's commands would install them through the link otherwise.
    utimesSync(path.join(folder, "package-lock.json"), 0, 0);
}

/** At once: the end of a process waits for nothing. */
function stop(folder: string): void {
    const args = ["local/run.js", "stop", "--purge"];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
        cwd: folder,
        encoding: "utf8",
    });
    if (status !== 0) throw new CommandFailed(`stop in ${folder}`, status, stdout + stderr);
}

interface Printed {
    readonly stdout: string;
    readonly stderr: string;
}

/** Runs a program to its end; answers what it printed. */
export async function run(program: string, args: readonly string[], cwd: string): Promise<Printed> {
    const child = spawn(program, args, {
        cwd,
        env: environment,
        stdio: ["ignore", "pipe", "pipe"],
    });
    attend(child);
    const printed = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
        child[stream].setEncoding("utf8").on("data", (text: string) => (printed[stream] += text));
    }
    const exitCode = await new Promise<number | null>((resolve, reject) =>
        child.once("error", reject).once("close", resolve),
    );
    if (exitCode !== 0) {
        const output = printed.stdout + printed.stderr;
        throw new CommandFailed([program, ...args].join(" "), exitCode, output);
    }
    return printed;
}

function begin(program: string, args: readonly string[], cwd: string): CommandRun {
    // In a process group of its own, which is what a terminal interrupts.
    const child = spawn(program, args, {
        cwd,
        env: environment,
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
    });
    const interrupt = () => process.kill(-child.pid!, "SIGINT");
    process.once("exit", interrupt);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    const end = once(child, "close").then(([code]) => {
        process.removeListener("exit", interrupt);
        return { exitCode: code as number | null, output };
    });
    return { pid: child.pid!, interrupt, end };
}

/** What npm runs by bash gets its signals: bash becomes the command, other shells stay between. */
const environment: NodeJS.ProcessEnv = {
    ...Object.fromEntries(
        // An npm that runs this process tells the next one about its own project.
        Object.entries(process.env).filter(([name]) => !name.startsWith("npm_")),
    ),
    npm_config_script_shell: "bash",
};
