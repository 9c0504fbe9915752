import type { Install, InstallRound } from "./installs";
import { machineInWords, spreadOf } from "./report";

const most = 1;

const columns: Readonly<Record<keyof InstallRound, string>> = {
    ours: "`KarmadaControlPlane`, three members of etcd",
    operator: "operator, one member of etcd, the rest as many",
    karmadactl: "`karmadactl init`, one of everything",
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
    const ratioOf = (value: (install: Install) => number, other: "operator" | "karmadactl") => {
        const ratios = rounds.map((round) => value(round.ours) / value(round[other]));
        const { median, min, max } = spreadOf(ratios);
        return `${median.toFixed(2)} (${min.toFixed(2)} – ${max.toFixed(2)})`;
    };
    const header = ["Karmada by", "pods", "until all is ready", "memory", "of one processor"];
    return [
        `Rounds: ${rounds.length}. ${machineInWords()}`,
        "",
        ...[header, header.map((_, at) => (at === 0 ? "---" : "---:")), ...rows].map(
            (cells) => `| ${cells.join(" | ")} |`,
        ),
        "",
        `Ours ÷ the operator's, in time: ${ratioOf(({ seconds }) => seconds, "operator")}, goal ≤ ${most.toFixed(2)}.`,
        `Ours ÷ karmadactl's, in memory: ${ratioOf(({ idle }) => idle.memoryMiB, "karmadactl")}, ` +
            `in processor time: ${ratioOf(({ idle }) => idle.processorShare, "karmadactl")}.`,
    ].join("\n");
}
