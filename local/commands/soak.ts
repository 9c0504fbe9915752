import { command } from "../support/command";
import { runTool } from "../support/tool";

export const main = command({
    usage: "npm run test:soak",
    summary: "Runs the long tests: what survives being killed, again and again.",
    options: [],
    run: async () => {
        process.exitCode = await runTool("mocha", ["tests/soak/*.spec.ts"]);
    },
});
