import type { Cost } from "./cost";
import type { PolicyRound } from "./policies";
import { machineInWords, spreadOf } from "./report";

type Measure = (round: PolicyRound) => number;
const most = 1.1;

const timesAs = (pick: (cost: Cost) => number) => ({
    ours: ({ without, withPack }: PolicyRound) => pick(withPack) / pick(without),
    empty: ({ without, emptyPack }: PolicyRound) => pick(emptyPack) / pick(without),
});
const wall = timesAs(({ seconds }) => seconds);
const processor = timesAs(({ processorSeconds }) => processorSeconds);

const lines: readonly (readonly [
    label: string,
    of: Measure,
    unit: "s" | "MiB" | "",
    most?: number,
])[] = [
    ["preview", ({ without }) => without.seconds, "s"],
    ["preview with a pack without rules", ({ emptyPack }) => emptyPack.seconds, "s"],
    ["preview with the pack", ({ withPack }) => withPack.seconds, "s"],
    ["without rules ÷ without a pack", wall.empty, ""],
    ["with ÷ without", wall.ours, "", most],
    ["processor time of the preview", ({ without }) => without.processorSeconds, "s"],
    ["… with a pack without rules", ({ emptyPack }) => emptyPack.processorSeconds, "s"],
    ["… with the pack", ({ withPack }) => withPack.processorSeconds, "s"],
    ["without rules ÷ without a pack, of processor time", processor.empty, ""],
    ["with ÷ without, of processor time", processor.ours, "", most],
    ["peak memory of the preview", ({ without }) => without.peakMiB, "MiB"],
    ["… with a pack without rules", ({ emptyPack }) => emptyPack.peakMiB, "MiB"],
    ["… with the pack", ({ withPack }) => withPack.peakMiB, "MiB"],
];

/** Ratios are taken within a round, so that a machine which is slow for a while does not show. */
export function policiesAsMarkdown(rounds: readonly PolicyRound[]): string {
    const rows = lines.map(([label, of, unit, limit]) => {
        const { median, min, max } = spreadOf(rounds.map(of));
        const shown = (value: number) =>
            unit === "" ? value.toFixed(2) : `${value.toFixed(unit === "s" ? 1 : 0)} ${unit}`;
        const goal = limit === undefined ? "" : `≤ ${limit.toFixed(2)}`;
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
