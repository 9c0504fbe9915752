import { measurePlans } from "../../tests/bench/plans";
import { plansAsMarkdown } from "../../tests/bench/plansReport";
import { measurePolicies } from "../../tests/bench/policies";
import { policiesAsMarkdown } from "../../tests/bench/policiesReport";
import { machine, reportAsJson, reportAsMarkdown } from "../../tests/bench/report";
import { measureRounds } from "../../tests/bench/rounds";
import { measureScale, type ScaleRun } from "../../tests/bench/scale";
import { scaleAsMarkdown } from "../../tests/bench/scaleReport";
import { command } from "../support/command";
import { progressOn } from "../support/terminal";

const scaleRuns: readonly ScaleRun[] = [
    { workloads: 10, stateWritten: "at every step" },
    { workloads: 100, stateWritten: "at every step" },
    { workloads: 10, stateWritten: "once" },
    { workloads: 100, stateWritten: "once" },
    // At every step, writing the state alone would take longer than all the rest.
    { workloads: 1_000, stateWritten: "once" },
];

export const main = command({
    usage: "npm run bench -- [--once] [--scale] [--plan] [--policies] [--json]",
    summary: "Measures npm start against a plain script of upstream commands, three times.",
    options: [
        { name: "once", meaning: "measures a single round" },
        { name: "scale", meaning: "measures 10, 100 and 1,000 workloads instead" },
        { name: "plan", meaning: "measures the offline plan instead" },
        { name: "policies", meaning: "measures what the policy pack adds to a preview instead" },
        { name: "json", meaning: "prints the result for machines" },
    ],
    run: async ({ once, scale, plan, policies, json }) => {
        const progress = progressOn(process.stderr);
        if (plan) {
            const plans = await measurePlans(progress);
            console.log(
                json
                    ? JSON.stringify({ machine: machine(), plans }, null, 2)
                    : plansAsMarkdown(plans),
            );
            return;
        }
        if (policies) {
            const measured = await measurePolicies(once ? 1 : 5, progress);
            console.log(
                json
                    ? JSON.stringify({ machine: machine(), policies: measured }, null, 2)
                    : policiesAsMarkdown(measured),
            );
            return;
        }
        if (scale) {
            const results = await measureScale(scaleRuns, progress);
            console.log(
                json
                    ? JSON.stringify({ machine: machine(), scale: results }, null, 2)
                    : scaleAsMarkdown(results),
            );
            return;
        }
        const rounds = await measureRounds(once ? 1 : 3, progress);
        console.log(
            json ? JSON.stringify(reportAsJson(rounds), null, 2) : reportAsMarkdown(rounds),
        );
    },
});
