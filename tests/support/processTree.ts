import { execFileSync } from "node:child_process";

export interface ProcessEntry {
    readonly pid: number;
    readonly parent: number;
    readonly residentKiB: number;
    readonly command: string;
}

/** Every process of the machine. */
export function allProcesses(): ProcessEntry[] {
    const columns = ["-A", "-ww", "-o", "pid=,ppid=,rss=,args="];
    const lines = execFileSync("ps", columns, { encoding: "utf8", maxBuffer: 1 << 26 }).split("\n");
    return lines.flatMap((line) => {
        const [, pid, parent, rss, command = ""] =
            /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
        const numbers = { pid: Number(pid), parent: Number(parent), residentKiB: Number(rss) };
        return pid === undefined ? [] : [{ ...numbers, command }];
    });
}

/** A process and all that it has started, directly or not; empty when it has ended. */
export function processTree(root: number): ProcessEntry[] {
    const all = allProcesses();
    const tree = all.filter(({ pid }) => pid === root);
    for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
    return tree;
}
