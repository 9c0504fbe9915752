import { setTimeout as sleep } from "node:timers/promises";
import type { Answer } from "./apiCaller";

/** As a patient client would: what has just ended is no longer called then. */
const retryAfterMs = 1_000;

/** What clients noticed. */
export interface Noticed {
    readonly calls: number;
    /** Not answered, or with an error. */
    readonly failed: number;
    /** Failed, and so did the same call a second later. */
    readonly failedTwice: number;
    /** Between two calls of one client that succeeded. */
    readonly longestStallSeconds: number;
}

/** Counts the calls of a kind. */
export class Tally {
    private calls = 0;
    private failed = 0;
    private failedTwice = 0;
    private longestStallMs = 0;

    /** The answer of the first call that is as it should be, of two. */
    async twice(
        call: () => Promise<Answer>,
        isGood: (status: number) => boolean,
    ): Promise<Answer | undefined> {
        this.calls++;
        for (const isLast of [false, true]) {
            const answer = await call().catch(() => undefined);
            if (answer && isGood(answer.status)) return answer;
            if (isLast) {
                this.failedTwice++;
            } else {
                this.failed++;
                await sleep(retryAfterMs);
            }
        }
        return undefined;
    }

    /** Of one client; each call of what this gives says that it has succeeded once more. */
    successes(): () => void {
        let last = Date.now();
        return () => {
            this.longestStallMs = Math.max(this.longestStallMs, Date.now() - last);
            last = Date.now();
        };
    }

    noticed(): Noticed {
        const { calls, failed, failedTwice } = this;
        return { calls, failed, failedTwice, longestStallSeconds: this.longestStallMs / 1e3 };
    }
}
