import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks again until it is so: until `holds` neither throws nor answers false. After the given time the
 * last failure, if there was one, is the test's.
 */
export async function eventually(
    what: string,
    holds: () => Promise<boolean | void>,
    timeoutMs = 60_000,
): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
        let failure: unknown = new Error(`${what}: not so within ${timeoutMs / 1000} s`);
        try {
            if ((await holds()) !== false) return;
        } catch (error) {
            failure = error;
        }
        if (Date.now() > deadline) throw failure;
        await sleep(50);
    }
}
