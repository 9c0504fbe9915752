import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { identityOf } from "../support/processIdentity";

/**
 * Removes locks of engines that were killed: they cannot do it themselves, and the state directory
 * belongs to this machine, so a process that is not here is nowhere.
 */
export function removeLocksOfTheDead(backend: string): void {
    const folder = path.join(backend, ".pulumi", "locks");
    if (!existsSync(folder)) return;
    for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
        if (!entry.endsWith(".json")) continue;
        const file = path.join(folder, entry);
        const { pid } = JSON.parse(readFileSync(file, "utf8")) as { pid: number };
        if (identityOf(pid) === undefined) rmSync(file);
    }
}
