import type { Install, InstallRound } from "./installs";
import { machineInWords, spreadOf } from "./report";

const most = 1;

const columns: Readonly<Record<keyof InstallRound, string>> = {
    ours: "`KarmadaControlPlane`, three members of etcd",
    operator: "operator, one member of etcd, the rest as many",
    smallest: "operator, one of everything",
};

/** Ratios are taken within a round, so that a machine which is slow for a while does not show. */
export function installsAsMarkdown(rounds: readonly InstallRound[]): string {
    const medianOf = (value: (round: InstallRound) => number) => spreadOf(rounds.map(value)).median;
    const rows = Object.entries(columns).map(([key, label]) => {
        const of = (value: (install: Install) => number) =>
            medianOf((round) => value(round[key as keyof InstallRound]));
        return [
            label,
            of(({ pods }) => pods).toFixed(0),
            `${of(({ seconds }) => seconds).toFixed(1)} s`,
            `${of(({ idle }) => idle.memoryMiB).toLocaleString("en")} MiB`,
            `${(100 * of(({ idle }) => idle.processorShare)).toFixed(0)} %`,
        ];
    });
    const ratio = spreadOf(rounds.map(({ ours, operator }) => ours.seconds / operator.seconds));
    const header = ["Karmada by", "pods", "until all is ready", "memory", "of one processor"];
    return [
        `Rounds: ${rounds.length}. ${machineInWords()}`,
        "",
        ...[header, header.map((_, at) => (at === 0 ? "---" : "---:")), ...rows].map(
            (cells) => `| ${cells.join(" | ")} |`,
        ),
        "",
        `Ours ÷ the operator's with as many: ${ratio.median.toFixed(2)} (${ratio.min.toFixed(2)} – ${ratio.max.toFixed(2)}), goal ≤ ${most.toFixed(2)}.`,
    ].join("\n");
}
