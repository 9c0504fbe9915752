import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../support/errors";
import type { Layout } from "./layout";
import { isAlive, readRecord, removeRecord, type ProcessRecord } from "./records";

const graceMs = 2_000;
const killedWithinMs = 10_000;

/** Ends processes, politely at first; returns when none of them is left. */
export async function stopProcesses(
    layout: Layout,
    names: readonly string[],
    grace = graceMs,
): Promise<void> {
    await Promise.all(names.map((name) => stop(layout, name, grace)));
}

async function stop(layout: Layout, name: string, grace: number): Promise<void> {
    const record = readRecord(layout, name);
    if (record !== undefined) {
        const gone = () => !isAlive(record);
        tell(record, "SIGTERM");
        if (!(await within(grace, gone))) {
            tell(record, "SIGKILL");
            if (!(await within(killedWithinMs, gone))) {
                throw new UserError(
                    `${name} (process ${record.pid}) does not end; see why, then stop again.`,
                );
            }
        }
    }
    removeRecord(layout, name);
}

function tell(record: ProcessRecord, signal: NodeJS.Signals): void {
    if (!isAlive(record)) return;
    try {
        process.kill(record.pid, signal);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
}

async function within(ms: number, condition: () => boolean): Promise<boolean> {
    const deadline = Date.now() + ms;
    while (!condition()) {
        if (Date.now() > deadline) return false;
        await pause(20);
    }
    return true;
}
