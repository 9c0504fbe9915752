import { execFileSync } from "node:child_process";

export interface ProcessEntry {
    readonly pid: number;
    readonly parent: number;
    readonly residentKiB: number;
    /** That it has used until now, in whole seconds. */
    readonly processorSeconds: number;
    readonly command: string;
}

/** Every process of the machine. */
export function allProcesses(): ProcessEntry[] {
    const columns = ["-A", "-ww", "-o", "pid=,ppid=,rss=,time=,args="];
    const lines = execFileSync("ps", columns, { encoding: "utf8", maxBuffer: 1 << 26 }).split("\n");
    return lines.flatMap((line) => {
        const [, pid, parent, rss, time = "", command = ""] =
            /^\s*(\d+)\s+(\d+)\s+(\d+)\s+([\d:.-]+)\s+(.*)$/.exec(line) ?? [];
        const numbers = {
            pid: Number(pid),
            parent: Number(parent),
            residentKiB: Number(rss),
            processorSeconds: secondsOf(time),
        };
        return pid === undefined ? [] : [{ ...numbers, command }];
    });
}

/** `[[days-]hours:]minutes:seconds` */
function secondsOf(time: string): number {
    const parts = time.replace("-", ":").split(":").map(Number).reverse();
    return parts.reduce((sum, part, at) => sum + part * [1, 60, 3_600, 86_400][at]!, 0);
}

/** A process and all that it has started, directly or not; empty when it has ended. */
export function processTree(root: number): ProcessEntry[] {
    const all = allProcesses();
    const tree = all.filter(({ pid }) => pid === root);
    for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
    return tree;
}
