import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identityOf } from "./processIdentity";

/**
 * Runs `work` while holding a lock file that other processes respect. A lock whose holder died is
 * taken over. `onWait` is told once who holds it; throw there to refuse instead of waiting.
 */
export async function withLock<T>(
    file: string,
    onWait: (holderPid: number) => void,
    work: () => Promise<T>,
): Promise<T> {
    mkdirSync(path.dirname(file), { recursive: true });
    let told = false;
    for (;;) {
        const holder = await take(file);
        if (holder === undefined) break;
        if (!told) {
            onWait(holder);
            told = true;
        }
        await sleep(200);
    }
    const release = () => rmSync(file, { force: true });
    process.once("exit", release);
    try {
        return await work();
    } finally {
        process.removeListener("exit", release);
        release();
    }
}

/** Takes the lock, or answers the pid of the living process that has it. */
async function take(file: string): Promise<number | undefined> {
    const claim = `${identityOf(process.pid)}\n${randomUUID()}`;
    const mine = `${file}.${randomUUID()}`;
    writeFileSync(mine, claim);
    try {
        // A link appears with its content in one step; an exclusive open would be empty at first.
        linkSync(mine, file);
        return undefined;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        const holder = livingHolder(file);
        if (holder !== undefined) return holder;
        renameSync(mine, file);
        // Several may find the same stale lock: the last to rename has it, and all look again.
        await sleep(100);
        return readFileSync(file, "utf8") === claim
            ? undefined
            : (livingHolder(file) ?? take(file));
    } finally {
        rmSync(mine, { force: true });
    }
}

function livingHolder(file: string): number | undefined {
    try {
        const identity = readFileSync(file, "utf8").split("\n")[0]!;
        const pid = Number.parseInt(identity, 10);
        return identityOf(pid) === identity ? pid : undefined;
    } catch {
        return undefined;
    }
}
