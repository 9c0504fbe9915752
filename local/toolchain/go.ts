import { execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { UserError } from "../support/errors";
import { moduleFolder } from "./catalog";
import { atLeast } from "./onPath";

/** The oldest Go that builds every pinned module: the highest `go` line, which kwok's sets. */
export const neededGo = (): string =>
    /^go (\S+)$/m.exec(readFileSync(path.join(moduleFolder("kwok"), "go.mod"), "utf8"))![1]!;

/** Refuses a machine without Go, or with one too old, before anything is built. */
export async function requireGo(environment: NodeJS.ProcessEnv): Promise<void> {
    const remedy = `Install Go ${neededGo()} or later (https://go.dev/doc/install), then run this again.`;
    let printed: string;
    try {
        // Outside any module, or Go might fetch a newer toolchain by itself just to answer.
        const options = { env: environment, cwd: os.tmpdir() };
        printed = (await promisify(execFile)("go", ["version"], options)).stdout;
    } catch {
        throw new UserError(
            `The local Karmada is built from source once, and no Go compiler is on PATH. ${remedy}`,
        );
    }
    const found = /\bgo(\d+\.\d+(?:\.\d+)?)/.exec(printed)?.[1];
    if (found === undefined || !atLeast(found, neededGo())) {
        throw new UserError(
            `The Go compiler on PATH is too old to build the local Karmada: "${printed.trim()}". ${remedy}`,
        );
    }
}

/** Runs the go command in a module's folder; on failure its own last words are the error. */
export async function go(
    args: readonly string[],
    options: { cwd: string; environment: NodeJS.ProcessEnv; onLine?: (line: string) => void },
): Promise<string> {
    const child = spawn("go", args, {
        cwd: options.cwd,
        // CGO off: static binaries that also run in an image, and no C compiler needed.
        env: { ...options.environment, CGO_ENABLED: "0", GOFLAGS: "-mod=readonly" },
        stdio: ["ignore", "pipe", "pipe"],
    });
    const stop = () => child.kill();
    process.once("exit", stop);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
        options.onLine?.(text.trim().split("\n").pop()!);
    });
    const code = await new Promise<number | null>((resolve, reject) =>
        child.once("error", reject).once("close", resolve),
    );
    process.removeListener("exit", stop);
    if (code !== 0) {
        const lastWords = stderr.trim().split("\n").slice(-15).join("\n  ");
        throw new UserError(`go ${args.join(" ")}\nfailed in ${options.cwd}:\n  ${lastWords}`);
    }
    return stdout;
}
