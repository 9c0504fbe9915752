import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const attended = new Set<ChildProcess>();
/** npm sends on a Ctrl-C that has reached its child from the terminal already. */
const sameInterruptionMs = 500;

/** A signal ends the command through its exit handlers, which the default action would skip. */
export function exitOnSignals(): void {
    for (const [signal, code] of Object.entries(exitCodes) as [keyof typeof exitCodes, number][]) {
        let firstAt: number | undefined;
        const end = () => {
            console.error("\nInterrupted.");
            process.exit(code);
        };
        process.on(signal, () => {
            const now = performance.now();
            if (attended.size === 0 || now - (firstAt ?? now) > sameInterruptionMs) end();
            if (firstAt !== undefined) return;
            firstAt = now;
            process.exitCode = code;
            for (const child of attended) {
                child.once("close", end);
                // A terminal's Ctrl-C reaches the child too, and a second one would not be gentle.
                if (signal !== "SIGINT") child.kill(signal);
            }
        });
    }
}

/** While this child runs, an interruption is its to handle: the command ends once the child has. */
export function attend(child: ChildProcess): void {
    attended.add(child);
    child.once("close", () => attended.delete(child));
}

/**
 * To be waited for before a failure is told: a terminal's Ctrl-C also ends what this process has started,
 * and that may be noticed before the signal is.
 */
export const interruptionHasPassed = () => sleep(50);
