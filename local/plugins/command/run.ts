import { ChildProcess, spawn, SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { ProviderError } from "../protocol/provider";
import { endGroup, signalGroup } from "./group";

export interface Run {
    readonly command: string;
    /** Keeps the command out of the arguments, which everybody on the machine can read. */
    readonly hidden: boolean;
    /** Program and first arguments; a shell when there is none. */
    readonly interpreter: readonly string[];
    readonly dir: string | undefined;
    readonly environment: Readonly<Record<string, string>>;
    readonly stdin: string | undefined;
    readonly signal: AbortSignal;
    /** Takes the secrets out of what an error shows. */
    readonly redact: (text: string) => string;
    readonly onLine: (stream: "stdout" | "stderr", line: string) => void;
}

/** A failed command may have piped its last words through a process that is still at it. */
const lastWordsMs = 1_000;
const mostLines = 20;

const shell = ["/bin/sh", "-c"];
/** The same shell reads the command from a pipe and closes it; the command's own stdin stays free. */
const hiddenShell = [...shell, 'eval "$(cat <&3)" 3<&-'];

/** Runs one command to its end. Nothing of it is left running when it fails or is cancelled. */
export async function run(options: Run): Promise<{ stdout: string; stderr: string }> {
    const { command, hidden, interpreter, dir, environment, stdin, signal, redact } = options;
    refuseMissing(dir);
    const [program = "", ...args] = hidden
        ? hiddenShell
        : [...(interpreter.length > 0 ? interpreter : shell), command];
    signal.throwIfAborted();
    const child = start(program, args, {
        cwd: dir,
        env: { ...process.env, ...environment },
        stdio: [stdin ? "pipe" : "ignore", "pipe", "pipe", ...(hidden ? ["pipe" as const] : [])],
        // A group of its own, so that what it starts ends with it.
        detached: true,
    });
    const { end, release } = endWith(child, signal);
    try {
        feed(child.stdin, stdin);
        feed(child.stdio[3] as Writable | null | undefined, hidden ? command : undefined);
        const everything: string[] = [];
        const lines = (stream: "stdout" | "stderr") => (line: string) => {
            everything.push(line);
            options.onLine(stream, line);
        };
        const [stdout, stderr, failure] = await Promise.all([
            collect(child.stdout!, lines("stdout")),
            collect(child.stderr!, lines("stderr")),
            ended(child, program),
        ]);
        if (signal.aborted) {
            throw new ProviderError(
                `was stopped: ${whyStopped(signal)}${lastOf(everything, redact)}`,
            );
        }
        if (failure !== undefined) {
            throw new ProviderError(`${failure}${lastOf(everything, redact)}`);
        }
        return { stdout: textOf(stdout, "stdout"), stderr: textOf(stderr, "stderr") };
    } catch (error) {
        await end();
        throw error;
    } finally {
        release();
    }
}

function refuseMissing(dir: string | undefined): void {
    if (dir !== undefined && !statSync(dir, { throwIfNoEntry: false })?.isDirectory()) {
        throw new ProviderError(`there is no folder ${JSON.stringify(dir)} (dir) to run it in`);
    }
}

/** Some failures to start are thrown at once, others come as an event. */
function start(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
    try {
        return spawn(program, args, options);
    } catch (error) {
        throw new ProviderError(notStarted(error as NodeJS.ErrnoException, program));
    }
}

/** What a command has started ends when the signal says so, when the command fails, and with this process. */
function endWith(child: ChildProcess, signal: AbortSignal) {
    const { pid } = child;
    let ending: Promise<void> | undefined;
    const end = async () => pid && (await (ending ??= endGroup(pid)));
    const stop = () => void end();
    const killNow = () => pid && signalGroup(pid, "SIGKILL");
    let timer: NodeJS.Timeout | undefined;
    child.once("exit", (code) => {
        timer = code === 0 ? undefined : setTimeout(stop, lastWordsMs);
    });
    signal.addEventListener("abort", stop, { once: true });
    process.once("exit", killNow);
    const release = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
        process.removeListener("exit", killNow);
    };
    return { end, release };
}

function feed(stream: Writable | null | undefined, text: string | undefined): void {
    // A command need not read what it is given.
    stream?.on("error", () => {}).end(text);
}

async function collect(
    stream: NodeJS.ReadableStream,
    onLine: (line: string) => void,
): Promise<Buffer> {
    const parts: Buffer[] = [];
    stream.on("data", (part: Buffer) => parts.push(part));
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
        onLine(line);
    }
    return Buffer.concat(parts);
}

/** What went wrong, or nothing. */
async function ended(child: ChildProcess, program: string): Promise<string | undefined> {
    try {
        const [code, signal] = (await once(child, "close")) as [number | null, string | null];
        const hint = { 126: " (it may not be executed)", 127: " (there is no such command)" };
        const text = code === null ? `was ended by ${signal}` : `ended with exit code ${code}`;
        return code === 0 ? undefined : text + (hint[code as 126 | 127] ?? "");
    } catch (error) {
        return notStarted(error as NodeJS.ErrnoException, program);
    }
}

function notStarted({ code, message }: NodeJS.ErrnoException, program: string): string {
    switch (code) {
        case "ENOENT":
            return `did not start: there is no program ${JSON.stringify(program)}`;
        case "EACCES":
            return `did not start: ${JSON.stringify(program)} may not be executed`;
        case "E2BIG":
            return (
                "did not start: its environment and arguments are too large. If what it printed " +
                "before is, set addPreviousOutputInEnv to false"
            );
        default:
            return `did not start: ${message}`;
    }
}

function whyStopped(signal: AbortSignal): string {
    const timedOut = (signal.reason as Error).name === "TimeoutError";
    return timedOut ? "it took longer than its custom timeout" : "the operation was cancelled";
}

/** Redacted before it is cut, because a secret may be longer than what is left. */
function lastOf(lines: readonly string[], redact: Run["redact"]): string {
    return lines.length === 0
        ? ", without a word"
        : `; its last lines:\n${redact(lines.join("\n")).split("\n").slice(-mostLines).join("\n")}`;
}

function textOf(bytes: Buffer, name: string): string {
    try {
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
            .decode(bytes)
            .replace(/\n$/, "");
    } catch {
        throw new ProviderError(
            `printed something to ${name} that is no text (UTF-8): print it as base64, or into a file`,
        );
    }
}
