import { createInterface } from "node:readline/promises";
import { engineFor } from "../engine/forStack";
import { command, stackOption } from "../support/command";
import { UserError } from "../support/errors";
import { progressOn } from "../support/terminal";
import { LeftoverRecord, tearDown } from "../teardown";

export const main = command({
    usage: "npm run teardown -- -s STACK [--yes]",
    summary:
        "Destroys a stack, after it has shown what goes and what stays. Cut off, it can be run again.",
    options: [stackOption, { name: "yes", short: "y", meaning: "does not ask" }],
    run: async ({ stack, yes }) => {
        const progress = progressOn(process.stdout);
        await tearDown({
            stack,
            engine: await engineFor(stack, progress),
            record: new LeftoverRecord(stack),
            progress,
            say: (text) => console.log(text),
            confirm: async () => {
                if (!yes) await askForName(stack);
            },
        });
    },
});

async function askForName(stack: string): Promise<void> {
    if (!process.stdin.isTTY) {
        throw new UserError("Nobody is there to be asked. To destroy it all the same, add --yes.");
    }
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    // Ctrl-C is the terminal's to tell while it asks.
    terminal.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
    try {
        const answer = await terminal.question(`To destroy it, type its name, ${stack}: `);
        if (answer.trim() !== stack) throw new UserError("Nothing was destroyed.");
    } finally {
        terminal.close();
    }
}
