import { stopFederation } from "../federation";
import { command } from "../support/command";
import { stateDir } from "../support/root";
import { progressOn } from "../support/terminal";

export const main = command({
    usage: "npm run stop -- [--purge]",
    summary: "Stops the local Karmada and its members; the next start goes on where they were.",
    options: [{ name: "purge", meaning: "removes their data too" }],
    run: ({ purge }) => stopFederation(stateDir, { purge, progress: progressOn(process.stdout) }),
});
