import { command } from "../support/command";
import { runTool } from "../support/tool";

/** A command that runs the tests of one folder. */
export const suite = (name: string, summary: string, ...mochaOptions: string[]) =>
    command({
        usage: `npm run test:${name}`,
        summary,
        options: [],
        run: async () => {
            process.exitCode = await runTool("mocha", [...mochaOptions, `tests/${name}/*.spec.ts`]);
        },
    });
