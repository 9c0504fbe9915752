import { spawn } from "node:child_process";

/** A program did not give an answer that can be used. */
export class Unanswered extends Error {
    constructor(
        readonly why: "absent" | "late" | "refused",
        message: string,
    ) {
        super(message);
    }
}

export interface AskOptions {
    readonly environment: NodeJS.ProcessEnv;
    readonly timeoutMs: number;
    readonly cwd?: string;
    /** Whether what it prints must not be shown, not even as the reason of its failure. */
    readonly secret?: boolean;
}

const running = new Set<number>();

/** What a program prints. One that takes too long is ended, with whatever it has started. */
export async function askProgram(
    program: string,
    args: readonly string[],
    { environment, timeoutMs, cwd, secret = false }: AskOptions,
): Promise<string> {
    const options = args.findIndex((each) => each.startsWith("-"));
    const shown = [program, ...args.slice(0, options < 0 ? undefined : options)].join(" ");
    // A group of its own: a shell script's children would keep its output open.
    const child = spawn(program, args, {
        cwd,
        env: environment,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
    });
    const group = child.pid;
    if (group !== undefined) {
        if (running.size === 0) process.once("exit", endAll);
        running.add(group);
    }
    return new Promise((resolve, reject) => {
        let output = "";
        let errors = "";
        child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
        child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
        const timer = setTimeout(() => {
            end(group);
            reject(
                new Unanswered("late", `"${shown}" gave no answer in ${timeoutMs / 1_000} seconds`),
            );
        }, timeoutMs);
        const finish = () => {
            clearTimeout(timer);
            if (group !== undefined) running.delete(group);
            if (running.size === 0) process.removeListener("exit", endAll);
        };
        child.once("error", ({ code, message }: NodeJS.ErrnoException) => {
            finish();
            const why = code === "ENOENT" ? "is not on PATH" : `cannot be run: ${message}`;
            reject(new Unanswered("absent", `"${program}" ${why}`));
        });
        child.once("close", (code) => {
            finish();
            if (code === 0) return resolve(output);
            const said = errors || (secret ? "" : output);
            reject(new Unanswered("refused", said.trim() || `"${shown}" failed`));
        });
    });
}

const endAll = () => running.forEach(end);

function end(group: number | undefined): void {
    try {
        if (group !== undefined) process.kill(-group, "SIGKILL");
    } catch {
        // It has ended by itself.
    }
}
