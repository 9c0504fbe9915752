import { reportAsJson, reportAsMarkdown } from "../../tests/bench/report";
import { measureRounds } from "../../tests/bench/rounds";
import { command } from "../support/command";
import { progressOn } from "../support/terminal";

export const main = command({
    usage: "npm run bench -- [--once] [--json]",
    summary: "Measures npm start against a plain script of upstream commands, three times.",
    options: [
        { name: "once", meaning: "measures a single round" },
        { name: "json", meaning: "prints the result for machines" },
    ],
    run: async ({ once, json }) => {
        const rounds = await measureRounds(once ? 1 : 3, progressOn(process.stderr));
        console.log(
            json ? JSON.stringify(reportAsJson(rounds), null, 2) : reportAsMarkdown(rounds),
        );
    },
});
