import { setTimeout as sleep } from "node:timers/promises";

/** Gentle first: a command may have to clean up. */
const graceMs = 5_000;
/** What is killed goes at once, but an entry stays where nobody collects the dead. */
const killedMs = 1_000;
const pollMs = 20;

/** Ends a group of processes, and waits until it is gone. */
export async function endGroup(id: number): Promise<void> {
    signalGroup(id, "SIGTERM");
    if (!(await isGone(id, graceMs))) {
        signalGroup(id, "SIGKILL");
        await isGone(id, killedMs);
    }
}

/** Whether there was anything to signal. */
export function signalGroup(id: number, signal: NodeJS.Signals | 0): boolean {
    try {
        return process.kill(-id, signal);
    } catch {
        return false;
    }
}

async function isGone(id: number, withinMs: number): Promise<boolean> {
    const deadline = Date.now() + withinMs;
    while (signalGroup(id, 0)) {
        if (Date.now() > deadline) {
            return false;
        }
        await sleep(pollMs);
    }
    return true;
}
