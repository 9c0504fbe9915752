import { command } from "../support/command";
import { runTool } from "../support/tool";

export const main = command({
    usage: "npm run test:e2e",
    summary: "Runs the tests against real clusters, one file after the other.",
    options: [],
    run: async () => {
        const exit = await runTool("mocha", ["--timeout", "180000", "tests/e2e/*.spec.ts"]);
        process.exitCode = exit;
    },
});
