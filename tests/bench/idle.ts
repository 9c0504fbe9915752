import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { KubeObject } from "../../local/kube";
import { allProcesses, type ProcessEntry } from "../support/processTree";

/** What processes take when nobody asks anything of them. */
export interface Idle {
    /** Of one processor. */
    readonly processorShare: number;
    readonly memoryMiB: number;
}

const settlesWithinMs = 30_000;
const watchedMs = 60_000;
const ticksInSecond = 100;

/** What pods of nodes on this machine take together, some time after their start. */
export async function idleOf(pods: readonly KubeObject[]): Promise<Idle> {
    await sleep(settlesWithinMs);
    const processes = allProcesses().filter(({ pid }) => belongsTo(pid, pods));
    const before = ticksOf(processes);
    await sleep(watchedMs);
    const ticks = ticksOf(processes) - before;
    const residentKiB = processes.reduce((sum, each) => sum + each.residentKiB, 0);
    return {
        processorShare: ticks / ticksInSecond / (watchedMs / 1_000),
        memoryMiB: Math.round(residentKiB / 1_024),
    };
}

function belongsTo(pid: number, pods: readonly KubeObject[]): boolean {
    const groups = textOf(pid, "cgroup");
    return pods.some(({ metadata }) => groups.includes(`pod${metadata.uid}`));
}

/** Processor time until now, in the kernel's own unit. */
function ticksOf(processes: readonly ProcessEntry[]): number {
    return processes.reduce((sum, { pid }) => {
        // The name, in brackets, may have blanks in it.
        const fields = textOf(pid, "stat").split(") ")[1]?.split(" ") ?? [];
        return sum + Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
    }, 0);
}

function textOf(pid: number, file: string): string {
    try {
        return readFileSync(`/proc/${pid}/${file}`, "utf8");
    } catch {
        // It has ended.
        return "";
    }
}
