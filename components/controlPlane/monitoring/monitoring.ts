import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { hostNamespace } from "../layout";
import { estimatorApp } from "../networkPolicies";
import type { OptionalParts } from "../optionalParts";
import type { Part } from "../part";
import { generationAt } from "../pki/generation";
import type { Pki } from "../pki/pki";
import { leafFiles } from "../secrets";
import { renderAlert } from "./alert";
import { etcdAlerts } from "./etcdAlerts";
import { karmadaAlerts } from "./karmadaAlerts";
import { backupAlerts, certificateAlerts } from "./lifetimeAlerts";
import { defaultOldestBackupHours, type MonitoringSettings } from "./monitoringSettings";
import { etcdSource, monitoringSecret, podMonitor } from "./podMonitor";

/** `checkMonitoring` has passed before these get here. */
export interface Monitored extends MonitoringSettings {
    readonly parts: readonly Part[];
    readonly optional: OptionalParts;
    readonly etcdMembers: number;
    readonly backedUp: boolean;
    readonly pki: Pki;
    readonly generation?: number;
    readonly now: Date;
}

/** What Prometheus is to read, how it may, and what it is to alert of. */
export function declareMonitoring(
    name: string,
    monitored: Monitored,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    const { parts, optional, pki, labels = {}, now } = monitored;
    const secret = new k8s.core.v1.Secret(
        `${name}-${monitoringSecret}`,
        {
            metadata: { name: monitoringSecret, namespace: hostNamespace },
            stringData: pulumi.secret(leafFiles(pki, "monitoring", "karmada")),
        },
        opts,
    );
    const sources = [etcdSource, ...parts, ...(optional.estimators ? [estimatorSource] : [])];
    const monitors = sources.map(
        (source) =>
            new k8s.apiextensions.CustomResource(
                `${name}-monitor-${source.name}`,
                podMonitor(source, labels),
                pulumi.mergeOptions(opts, { dependsOn: secret }),
            ),
    );
    const jobs = parts.map((part) => part.name).filter((job) => job !== "karmada-apiserver");
    const groups = [
        etcdAlerts(monitored.etcdMembers),
        karmadaAlerts(jobs),
        certificateAlerts(generationAt(now, monitored.generation).endsAt, pki.ledger),
        ...(monitored.backedUp
            ? [backupAlerts(monitored.oldestBackupHours ?? defaultOldestBackupHours)]
            : []),
    ];
    const alerts = new k8s.apiextensions.CustomResource(
        `${name}-alerts`,
        {
            apiVersion: "monitoring.coreos.com/v1",
            kind: "PrometheusRule",
            metadata: { name: "karmada", namespace: hostNamespace, labels },
            spec: {
                groups: groups.map((group) => ({
                    name: group.name,
                    rules: group.alerts.map(renderAlert),
                })),
            },
        },
        opts,
    );
    return [...monitors, alerts];
}

/** All of them at once, whichever member each is for. */
const estimatorSource = {
    name: estimatorApp,
    selector: { app: estimatorApp },
    metrics: { port: "metrics", scheme: "HTTP" },
} as const;
