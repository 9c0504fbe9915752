import type { Survived } from "../e2e/controlPlane/faults";
import type { Noticed } from "../e2e/controlPlane/tally";
import type { FaultResult } from "./faults";
import { machineInWords } from "./report";

const measures: Readonly<Record<string, (survived: Survived) => string>> = {
    "longest stall": ({ writes }) => `${writes.longestStallSeconds.toFixed(1)} s`,
    "calls failed (again after a second)": ({ writes }) => failures(writes),
    "… to the webhook": ({ webhook }) => failures(webhook),
    "… to the aggregated API": ({ aggregatedApi }) => failures(aggregatedApi),
    lost: ({ lost }) => String(lost.length),
};

const failures = ({ calls, failed, failedTwice }: Noticed) =>
    `${failed} (${failedTwice}) of ${calls}`;

export function faultsAsMarkdown(results: readonly FaultResult[]): string {
    const header = ["what happened", "to Karmada by", ...Object.keys(measures)];
    const rows = results.flatMap(({ fault, ours, operator }) => [
        [fault, "`KarmadaControlPlane`", ...cells(ours)],
        ["", "operator, one member of etcd", ...cells(operator)],
    ]);
    return [
        machineInWords(),
        "",
        ...[header, header.map(() => "---"), ...rows].map((each) => `| ${each.join(" | ")} |`),
    ].join("\n");
}

function cells(result: Survived | string): string[] {
    const shown = Object.values(measures);
    if (typeof result !== "string") return shown.map((measure) => measure(result));
    const [reason] = result.split("\n");
    return shown.map((_, at) => (at === 0 ? `did not come back: ${reason}` : ""));
}
