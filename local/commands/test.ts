import { apiServerBinaries } from "../../tests/support/apiServer";
import { command } from "../support/command";
import { progressOn } from "../support/terminal";
import { runTool } from "../support/tool";
import { UserError } from "../support/errors";
import { ensureBinaries } from "../toolchain";

const checks = [
    ["types", "tsc", ["--project", "."]],
    ["lint", "eslint", ["."]],
    ["format", "prettier", ["--check", "--log-level=warn", "."]],
] as const;

export const main = command({
    usage: "npm test",
    summary: "Checks types, lint and format, then runs every test that needs no cluster.",
    options: [],
    run: async () => {
        const progress = progressOn(process.stdout);
        for (const [label, tool, args] of checks) {
            await progress.step(label, async () => {
                if ((await runTool(tool, args)) !== 0)
                    throw new UserError(`${label} found problems.`);
            });
        }
        const unit = await runTool("mocha", ["tests/unit/**/*.spec.ts"]);
        await ensureBinaries(["pulumi", ...apiServerBinaries], progress);
        // In a process of its own: Pulumi's mocks stay in the one that has had them.
        const engine = await runTool("mocha", ["tests/engine/*.spec.ts"]);
        process.exitCode = unit || engine;
    },
});
