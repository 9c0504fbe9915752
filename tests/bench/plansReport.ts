import type { PlanRun } from "./plans";
import { machineInWords } from "./report";

export function plansAsMarkdown(runs: readonly PlanRun[]): string {
    const one = runs.find(({ members }) => members === 1);
    const rows = runs.map(({ what, members, resources, cost }) => [
        what,
        resources.toLocaleString("en"),
        `${cost.seconds.toFixed(1)} s`,
        `${cost.processorSeconds.toFixed(0)} s`,
        `${cost.peakMiB.toLocaleString("en")} MiB`,
        one && members && members > 1
            ? `${perMember(cost.seconds, one.cost.seconds, members)} s, ${perMember(cost.processorSeconds, one.cost.processorSeconds, members)} s of processor time`
            : "",
    ]);
    const header = [
        "plan of",
        "resources",
        "time",
        "processor time",
        "peak memory",
        "for each further member",
    ];
    return [
        machineInWords(),
        "",
        ...[header, header.map((_, at) => (at === 0 ? "---" : "---:")), ...rows].map(
            (cells) => `| ${cells.join(" | ")} |`,
        ),
    ].join("\n");
}

const perMember = (all: number, one: number, members: number): string =>
    ((all - one) / (members - 1)).toFixed(2);
