import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Pki } from "../pki/pki";
import { backup, backupDefaults } from "./backupPlan";
import { backupPod, type BackupPodFacts } from "./backupPod";

/** `checkBackup` has passed before these get here. */
export interface BackupArgs extends BackupPodFacts {
    readonly pki: Pki;
}

const labels = {
    app: backup.app,
    "app.kubernetes.io/name": backup.app,
    "app.kubernetes.io/part-of": "karmada",
};

/** Snapshots of etcd by the clock, each checked before it leaves. */
export function createBackup(
    name: string,
    args: BackupArgs,
    opts: pulumi.CustomResourceOptions,
): k8s.batch.v1.CronJob {
    const { namespace, pki, credentials, schedule = backupDefaults.schedule } = args;
    const metadata = (object: string) => ({ name: object, namespace, labels });
    const secret = (object: string, files: Record<string, pulumi.Input<string>>) =>
        new k8s.core.v1.Secret(
            `${name}-${object}`,
            { metadata: metadata(object), stringData: pulumi.secret(files) },
            opts,
        );
    const { certPem, keyPem } = pki.leaf("etcd-client-backup");
    const needed: pulumi.Resource[] = [
        new k8s.core.v1.ServiceAccount(
            `${name}-${backup.app}`,
            { metadata: metadata(backup.app), automountServiceAccountToken: false },
            opts,
        ),
        secret(backup.clientSecret, {
            "tls.crt": certPem,
            "tls.key": keyPem,
            "ca.crt": pki.bundle("etcd"),
        }),
        ...(credentials === undefined ? [] : [secret(backup.storeSecret, { ...credentials })]),
    ];
    return new k8s.batch.v1.CronJob(
        `${name}-${backup.name}`,
        {
            metadata: metadata(backup.name),
            spec: {
                schedule,
                timeZone: "Etc/UTC",
                concurrencyPolicy: "Forbid",
                // After an outage of the scheduler the snapshot that was missed is taken at once.
                startingDeadlineSeconds: 3600,
                successfulJobsHistoryLimit: 3,
                failedJobsHistoryLimit: 3,
                jobTemplate: {
                    metadata: { labels },
                    spec: {
                        backoffLimit: 3,
                        activeDeadlineSeconds: 1800,
                        template: { metadata: { labels }, spec: backupPod(args) },
                    },
                },
            },
        },
        pulumi.mergeOptions(opts, { dependsOn: needed }),
    );
}
