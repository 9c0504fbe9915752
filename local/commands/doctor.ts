import { diagnose, findingsAsText } from "../doctor";
import { command, stackOrFileOption } from "../support/command";
import { progressOn } from "../support/terminal";

export const main = command({
    usage: "npm run doctor -- -s STACK [--json]",
    summary:
        "Looks for what would stop an update of a stack: tools, settings, AWS. It changes nothing.",
    options: [stackOrFileOption, { name: "json", meaning: "prints it for machines" }],
    run: async ({ stack, json }) => {
        const progress = progressOn(process.stderr);
        const findings = await progress.step(`look at what stack ${stack} needs`, () =>
            diagnose({ stack, environment: process.env, today: new Date() }),
        );
        console.log(json ? JSON.stringify(findings, null, 2) : `\n${findingsAsText(findings)}`);
        if (findings.some(({ verdict }) => verdict === "problem")) process.exitCode = 1;
    },
});
