import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";
import { type AlertGroup, renderAlert } from "../../components/controlPlane/monitoring/alert";
import { silent } from "../../local/support/progress";
import { ensureBinaries } from "../../local/toolchain";
import { valueOf } from "./mocks";

/** What there is to see at some moment, and what an alert then has to say of it. */
export interface Scene {
    /** Samples, a minute apart, in the notation of Prometheus's unit tests. */
    readonly series: Readonly<Record<string, string>>;
    /** Since the first sample. */
    readonly after: string;
    /** The summary as people read it, with the labels that the alert does not always have. */
    readonly fires?: {
        readonly summary: string;
        readonly labels: Readonly<Record<string, string>>;
    };
}

/** Prometheus's own evaluation of rules. */
export class Promtool {
    private constructor(
        private readonly folder: string,
        private readonly program: string,
        private readonly rules: readonly ReturnType<typeof renderAlert>[],
    ) {}

    static async with(groups: readonly AlertGroup[], folder: string): Promise<Promtool> {
        const { promtool } = await ensureBinaries(["promtool"], silent);
        const rules = groups.flatMap(({ alerts }) => alerts.map(renderAlert));
        const known = (await valueOf(pulumi.output(rules))) as typeof rules;
        writeFileSync(
            path.join(folder, "rules.yaml"),
            stringify({ groups: [{ name: "all", rules: known }] }),
        );
        return new Promtool(folder, promtool, known);
    }

    /** Rejects with what it says instead. */
    async assertFires(alert: string, { series, after, fires }: Scene): Promise<void> {
        const { labels, annotations } = this.rules.find((each) => each.alert === alert)!;
        const expected = fires && {
            exp_labels: { ...labels, ...fires.labels },
            exp_annotations: { ...annotations, summary: fires.summary },
        };
        const test = {
            interval: "1m",
            input_series: Object.entries(series).map(([name, values]) => ({
                series: name,
                values,
            })),
            alert_rule_test: [
                { eval_time: after, alertname: alert, exp_alerts: expected ? [expected] : [] },
            ],
        };
        const file = path.join(this.folder, "scene.yaml");
        const rules = { rule_files: ["rules.yaml"], tests: [test] };
        // Weeks by the minute would take minutes.
        const evaluation_interval = after.endsWith("d") ? "1h" : "1m";
        writeFileSync(file, stringify({ ...rules, evaluation_interval }));
        await promisify(execFile)(this.program, ["test", "rules", file]);
    }
}
