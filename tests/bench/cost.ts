import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { processTree } from "../support/processTree";

export interface Cost {
    readonly seconds: number;
    /** Of a process and all that it starts: what a busy machine does not change. */
    readonly processorSeconds: number;
    /** The most that they held at once. */
    readonly peakMiB: number;
}

const sampleEveryMs = 500;

/** What a process and all that it starts cost, from now until `end`. */
export async function costUntil(pid: number, end: Promise<unknown>): Promise<Cost> {
    const started = performance.now();
    const state = { ended: false };
    const ended = end.finally(() => (state.ended = true));
    let peakKiB = 0;
    const processorSeconds = new Map<number, number>();
    while (!state.ended) {
        const tree = processTree(pid);
        for (const each of tree) processorSeconds.set(each.pid, each.processorSeconds);
        peakKiB = Math.max(
            peakKiB,
            tree.reduce((sum, { residentKiB }) => sum + residentKiB, 0),
        );
        await Promise.race([ended, sleep(sampleEveryMs)]);
    }
    return {
        seconds: (performance.now() - started) / 1_000,
        processorSeconds: [...processorSeconds.values()].reduce((sum, each) => sum + each, 0),
        peakMiB: Math.round(peakKiB / 1024),
    };
}
