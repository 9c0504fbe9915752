import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { CommandLine } from "./commandLine";

const graceMs = 5_000;

export interface Outcome {
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
}

export interface Output {
    stdout(chunk: Buffer): void;
    stderr(chunk: Buffer): void;
}

/** The node processes this host runs; none of them outlives it. */
export class Children {
    private readonly running = new Set<ChildProcess>();

    /** Ends when the process has gone and all that it wrote was passed on. */
    async run(
        { args, cwd, env, socket }: CommandLine,
        output: Output,
        cancelled: AbortSignal,
    ): Promise<Outcome> {
        const child = spawn(process.execPath, args, {
            cwd,
            env,
            stdio: ["ignore", "pipe", "pipe", ...(socket ? (["ipc"] as const) : [])],
        });
        const ended = once(child, "close") as Promise<[Outcome["code"], Outcome["signal"]]>;
        const interrupt = () => interruptProcess(child);
        // One that has ended meanwhile tells by that.
        if (socket) child.send("the socket", socket, () => undefined);
        this.running.add(child);
        child.stdout!.on("data", output.stdout);
        child.stderr!.on("data", output.stderr);
        cancelled.addEventListener("abort", interrupt);
        if (cancelled.aborted) {
            interrupt();
        }
        try {
            const [code, signal] = await ended;
            return { code, signal };
        } finally {
            this.running.delete(child);
            cancelled.removeEventListener("abort", interrupt);
        }
    }

    interruptAll(): void {
        this.running.forEach(interruptProcess);
    }

    killAll(): void {
        this.running.forEach((child) => child.kill("SIGKILL"));
    }
}

function interruptProcess(child: ChildProcess): void {
    child.kill("SIGINT");
    const kill = setTimeout(() => child.kill("SIGKILL"), graceMs);
    child.once("exit", () => clearTimeout(kill));
}
