import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { identityOf } from "../support/processIdentity";

/**
 * Removes locks of engines that were killed: they cannot do it themselves, and the state directory
 * belongs to this machine, so a process that is not here is nowhere.
 */
export function removeLocksOfTheDead(backend: string): void {
    for (const lock of locksIn(backend)) {
        if (!isHeld(lock)) rmSync(lock, { force: true });
    }
}

/** Whether an engine is at work. */
export const isLocked = (backend: string): boolean => locksIn(backend).some(isHeld);

function locksIn(backend: string): string[] {
    const folder = path.join(backend, ".pulumi", "locks");
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((entry) => entry.endsWith(".json"))
        .map((entry) => path.join(folder, entry));
}

function isHeld(lock: string): boolean {
    try {
        const { pid } = JSON.parse(readFileSync(lock, "utf8")) as { pid: number };
        return identityOf(pid) !== undefined;
    } catch {
        // It is just being written; one that has gone meanwhile is held by nobody.
        return existsSync(lock);
    }
}
