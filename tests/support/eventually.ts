import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** Looks until an assertion holds, at most so many seconds; then the last failure is the test's. */
export async function eventually(seconds: number, holds: () => Promise<void>): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
        try {
            return await holds();
        } catch (error) {
            if (!(error instanceof assert.AssertionError) || Date.now() > deadline) throw error;
            await sleep(200);
        }
    }
}
