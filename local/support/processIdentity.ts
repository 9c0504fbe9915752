import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

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
        return state === "Z" || state === "X" ? undefined : startTime;
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
