import type { PolicyRound } from "./policies";
import { machineInWords, spreadOf } from "./report";

type Measure = (round: PolicyRound) => number;
const most = 1.1;

const lines: readonly (readonly [label: string, of: Measure, unit: "s" | "MiB" | ""])[] = [
    ["preview", ({ without }) => without.seconds, "s"],
    ["preview with the pack", ({ withPack }) => withPack.seconds, "s"],
    ["with ÷ without", ({ without, withPack }) => withPack.seconds / without.seconds, ""],
    ["processor time of the preview", ({ without }) => without.processorSeconds, "s"],
    ["… with the pack", ({ withPack }) => withPack.processorSeconds, "s"],
    [
        "with ÷ without, of processor time",
        ({ without, withPack }) => withPack.processorSeconds / without.processorSeconds,
        "",
    ],
    ["peak memory of the preview", ({ without }) => without.peakMiB, "MiB"],
    ["… with the pack", ({ withPack }) => withPack.peakMiB, "MiB"],
];

/** Ratios are taken within a round, so that a machine which is slow for a while does not show. */
export function policiesAsMarkdown(rounds: readonly PolicyRound[]): string {
    const rows = lines.map(([label, of, unit]) => {
        const { median, min, max } = spreadOf(rounds.map(of));
        const shown = (value: number) =>
            unit === "" ? value.toFixed(2) : `${value.toFixed(unit === "s" ? 1 : 0)} ${unit}`;
        const goal = unit === "" ? `≤ ${most.toFixed(2)}` : "";
        return `| ${label} | ${shown(median)} | ${shown(min)} – ${shown(max)} | ${goal} |`;
    });
    return [
        `Rounds: ${rounds.length}. ${machineInWords()}`,
        "",
        "| the prod stack, offline | median | min – max | goal |",
        "|---|---:|---:|---:|",
        ...rows,
    ].join("\n");
}
