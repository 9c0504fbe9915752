import { machineInWords } from "./report";
import type { Cost } from "./cost";
import type { Scale } from "./scale";

export function scaleAsMarkdown(results: readonly Scale[]): string {
    const rows = results.map(({ workloads, stateWritten, up, again, removal, kubectl }) =>
        [
            workloads.toLocaleString("en"),
            stateWritten,
            ...[up, again, removal].map(({ seconds }) => shown(seconds)),
            ...[kubectl.applySeconds, kubectl.runSeconds, kubectl.deleteSeconds].map(shown),
            (up.seconds / kubectl.runSeconds).toFixed(1),
            ((up.seconds / workloads) * 1_000).toFixed(0) + " ms",
            ...[up, removal].map((each) => `${each.processorSeconds.toFixed(0)} s`),
            memory(up),
        ].join(" | "),
    );
    const header = [
        "workloads",
        "state written",
        "`up`",
        "`up` again",
        "removal",
        "`kubectl apply`",
        "… until they run",
        "`kubectl delete`",
        "`up` ÷ until they run",
        "`up` per workload",
        "processor time of `up`",
        "… of removal",
        "peak memory of `up`",
    ];
    return [
        machineInWords(),
        "",
        ...[header.join(" | "), header.map(() => "---:").join("|"), ...rows].map(
            (row) => `| ${row} |`,
        ),
    ].join("\n");
}

const shown = (seconds: number) => `${seconds.toFixed(1)} s`;
const memory = ({ peakMiB }: Cost) => `${peakMiB} MiB`;
