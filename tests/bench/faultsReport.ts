import type { Survived } from "../e2e/controlPlane/faults";
import type { Noticed } from "../e2e/controlPlane/tally";
import type { FaultResult } from "./faults";
import { machineInWords } from "./report";

const measures: Readonly<Record<string, (survived: Survived) => string>> = {
    "longest stall": ({ writes, failure }) =>
        failure === undefined ? `${writes.longestStallSeconds.toFixed(1)} s` : "for good",
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

const cells = (result: Survived): string[] =>
    Object.values(measures).map((measure) => measure(result));
