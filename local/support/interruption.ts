import type { ChildProcess } from "node:child_process";

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const attended = new Set<ChildProcess>();

/** A signal ends the command through its exit handlers, which the default action would skip. */
export function exitOnSignals(): void {
    for (const [signal, code] of Object.entries(exitCodes) as [keyof typeof exitCodes, number][]) {
        let again = false;
        process.on(signal, () => {
            if (attended.size === 0 || again) process.exit(code);
            again = true;
            process.exitCode = code;
            for (const child of attended) {
                child.once("close", () => process.exit(code));
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
