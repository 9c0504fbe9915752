import { existsSync, readFileSync } from "node:fs";

/** Whether the last update was cut off while it created something, so that it may exist unknown to the state. */
export function wasInterrupted(stateFile: string): boolean {
    if (!existsSync(stateFile)) return false;
    const { checkpoint } = JSON.parse(readFileSync(stateFile, "utf8")) as {
        checkpoint: { latest?: { pending_operations?: { type: string }[] } };
    };
    const open = checkpoint.latest?.pending_operations ?? [];
    return open.some(({ type }) => type === "creating");
}
