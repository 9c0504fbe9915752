import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/**
 * Names one process for as long as the machine is up: a pid alone is given out again. Undefined when
 * no such process lives.
 */
export function identityOf(pid: number): string | undefined {
    const started = process.platform === "linux" ? startedOnLinux(pid) : startedElsewhere(pid);
    return started === undefined ? undefined : `${pid}@${started}`;
}

function startedOnLinux(pid: number): string | undefined {
    try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        // The command's name, in parentheses, may itself hold blanks and parentheses.
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        const [state, startTime] = [fields[0], fields[19]];
        if (state === "X") return undefined;
        // A killed process keeps its ports and files until the last of its threads has ended.
        const ended = state === "Z" && readdirSync(`/proc/${pid}/task`).length <= 1;
        return ended ? undefined : startTime;
    } catch {
        return undefined;
    }
}

function startedElsewhere(pid: number): string | undefined {
    try {
        const started = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
            encoding: "utf8",
            stdio: ["ignore", "pipe", "ignore"],
        });
        return started.trim() || undefined;
    } catch {
        return undefined;
    }
}
