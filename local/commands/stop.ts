import { inspectFederation, stopFederation } from "../federation";
import { command } from "../support/command";
import { stateDir } from "../support/root";
import { progressOn } from "../support/terminal";

export const main = command({
    usage: "npm run stop -- [--purge]",
    summary: "Stops the local Karmada and its members; the next start goes on where they were.",
    options: [{ name: "purge", meaning: "removes their data too" }],
    run: async ({ purge }) => {
        const running = (await inspectFederation(stateDir)).some(
            ({ state }) => state === "running",
        );
        await stopFederation(stateDir, { purge, progress: progressOn(process.stdout) });
        if (!running) console.log("Nothing was running.");
    },
});
