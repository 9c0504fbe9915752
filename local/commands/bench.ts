import { measureFaults } from "../../tests/bench/faults";
import { faultsAsMarkdown } from "../../tests/bench/faultsReport";
import { measureInstalls } from "../../tests/bench/installs";
import { installsAsMarkdown } from "../../tests/bench/installsReport";
import { measurePlans } from "../../tests/bench/plans";
import { plansAsMarkdown } from "../../tests/bench/plansReport";
import { measurePolicies } from "../../tests/bench/policies";
import { policiesAsMarkdown } from "../../tests/bench/policiesReport";
import { machine, reportAsJson, reportAsMarkdown } from "../../tests/bench/report";
import { measureRounds } from "../../tests/bench/rounds";
import { measureScale, type ScaleRun } from "../../tests/bench/scale";
import { scaleAsMarkdown } from "../../tests/bench/scaleReport";
import { command } from "../support/command";
import { UsageError } from "../support/errors";
import type { Progress } from "../support/progress";
import { progressOn } from "../support/terminal";

const scaleRuns: readonly ScaleRun[] = [
    { workloads: 10, stateWritten: "at every step" },
    { workloads: 100, stateWritten: "at every step" },
    { workloads: 10, stateWritten: "once" },
    { workloads: 100, stateWritten: "once" },
    // At every step, writing the state alone would take longer than all the rest.
    { workloads: 1_000, stateWritten: "once" },
];

interface Result {
    readonly forMachines: object;
    readonly forReaders: string;
}

type Measure = (once: boolean, progress: Progress) => Promise<Result>;

/** Instead of `npm start`, by option. */
const measures: Readonly<
    Record<"scale" | "plan" | "policies" | "control-plane" | "faults", Measure>
> = {
    scale: async (_, progress) => {
        const scale = await measureScale(scaleRuns, progress);
        return { forMachines: { scale }, forReaders: scaleAsMarkdown(scale) };
    },
    plan: async (_, progress) => {
        const plans = await measurePlans(progress);
        return { forMachines: { plans }, forReaders: plansAsMarkdown(plans) };
    },
    policies: async (once, progress) => {
        const policies = await measurePolicies(once ? 1 : 5, progress);
        return { forMachines: { policies }, forReaders: policiesAsMarkdown(policies) };
    },
    "control-plane": async (once, progress) => {
        const installs = await measureInstalls(once ? 1 : 3, progress);
        return { forMachines: { installs }, forReaders: installsAsMarkdown(installs) };
    },
    faults: async (_, progress) => {
        const faults = await measureFaults(progress);
        return { forMachines: { faults }, forReaders: faultsAsMarkdown(faults) };
    },
};

const measureStart: Measure = async (once, progress) => {
    const rounds = await measureRounds(once ? 1 : 3, progress);
    return { forMachines: reportAsJson(rounds), forReaders: reportAsMarkdown(rounds) };
};

export const main = command({
    usage: "npm run bench -- [--once] [--scale | --plan | --policies | --control-plane | --faults] [--json]",
    summary: "Measures npm start against a plain script of upstream commands, three times.",
    options: [
        { name: "once", meaning: "measures a single round" },
        { name: "scale", meaning: "measures 10, 100 and 1,000 workloads instead" },
        { name: "plan", meaning: "measures the offline plan instead" },
        { name: "policies", meaning: "measures what the policy pack adds to a preview instead" },
        {
            name: "control-plane",
            meaning:
                "measures a control plane on three nodes against Karmada's own installers instead",
        },
        {
            name: "faults",
            meaning: "measures what the same faults do to either of these instead",
        },
        { name: "json", meaning: "prints the result for machines" },
    ],
    run: async ({ once, json, ...given }) => {
        const chosen = Object.entries(measures).filter(
            ([name]) => given[name as keyof typeof measures],
        );
        if (chosen.length > 1) {
            const names = chosen.map(([name]) => `--${name}`).join(" and ");
            throw new UsageError(`${names} exclude each other: measure one at a time.`);
        }
        const [, measure] = chosen[0] ?? ["start", measureStart];
        const { forMachines, forReaders } = await measure(once, progressOn(process.stderr));
        console.log(
            json ? JSON.stringify({ machine: machine(), ...forMachines }, null, 2) : forReaders,
        );
    },
});
