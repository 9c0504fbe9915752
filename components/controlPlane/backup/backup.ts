import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { memberNames } from "../etcd/etcdPlan";
import type { Pki } from "../pki/pki";
import { backup, backupDefaults } from "./backupPlan";
import { type BackupFacts, labels } from "./jobPod";
import { memberJob, trialJob } from "./restoreJobs";
import { snapshotJob } from "./snapshotJob";

/** `checkBackup` has passed before these get here. */
export interface BackupArgs extends BackupFacts {
    readonly members: number;
    readonly pki: Pki;
    /** When this update runs. */
    readonly now: Date;
}

export interface Backup {
    /** While a snapshot is brought back nobody may use etcd. */
    readonly restoring: boolean;
    /** What must have gone well before etcd is stopped for it. */
    readonly beforeEtcd: pulumi.Resource[];
    /** The snapshots to come. */
    readonly schedule: pulumi.Resource;
    /** Declares what needs etcd to be as it is wanted: running, or stopped. */
    afterEtcd(etcd: pulumi.Resource[]): void;
}

/**
 * Snapshots of etcd by the clock, each checked before it leaves; the first one at once, so that a
 * bucket that takes none is found now. Or one of them is brought back.
 */
export function createBackup(
    name: string,
    args: BackupArgs,
    opts: pulumi.CustomResourceOptions,
): Backup {
    const { namespace, restoreFrom } = args;
    const metadata = (object: string) => ({ name: object, namespace, labels });
    const access = declareAccess(name, args, metadata, opts);
    const withAccess = pulumi.mergeOptions(opts, { dependsOn: access });
    const job = (
        object: string,
        spec: k8s.types.input.batch.v1.JobSpec,
        dependsOn: pulumi.Resource[] = [],
    ) =>
        new k8s.batch.v1.Job(
            `${name}-${object}`,
            // One that has failed is made anew by the next update: it does not start again by itself.
            { metadata: { ...metadata(object), annotations: replacedUnready }, spec },
            pulumi.mergeOptions(withAccess, { dependsOn, customTimeouts: { create: "35m" } }),
        );
    const schedule = (dependsOn: pulumi.Resource[]) =>
        new k8s.batch.v1.CronJob(
            `${name}-${backup.name}`,
            {
                metadata: metadata(backup.name),
                spec: {
                    schedule: args.schedule ?? backupDefaults.schedule,
                    timeZone: "Etc/UTC",
                    suspend: restoreFrom !== undefined,
                    concurrencyPolicy: "Forbid",
                    // After an outage of the scheduler the snapshot that was missed is taken at once.
                    startingDeadlineSeconds: 3600,
                    successfulJobsHistoryLimit: 3,
                    failedJobsHistoryLimit: 3,
                    jobTemplate: { metadata: { labels }, spec: snapshotJob(args) },
                },
            },
            pulumi.mergeOptions(withAccess, { dependsOn }),
        );
    if (restoreFrom === undefined) {
        return {
            restoring: false,
            schedule: schedule([]),
            beforeEtcd: [],
            afterEtcd: (etcd) => void job(`${backup.name}-first`, snapshotJob(args), etcd),
        };
    }
    const restore = `etcd-restore-${digest(restoreFrom)}`;
    const facts = { ...args, restoreFrom, revisions: { name: restore, key: "revisions" } };
    const revisions = new k8s.core.v1.ConfigMap(
        `${name}-${restore}`,
        {
            metadata: metadata(restore),
            data: { [facts.revisions.key]: revisionsAt(args.now) },
        },
        // However often it is tried, all members get the same.
        pulumi.mergeOptions(opts, { ignoreChanges: ["data"] }),
    );
    const trial = job(`${restore}-trial`, trialJob(facts), [revisions]);
    return {
        restoring: true,
        schedule: schedule([trial]),
        beforeEtcd: [trial],
        afterEtcd: (etcd) => {
            for (const member of memberNames(args.members)) {
                const object = `${restore}-${member}`;
                job(object, memberJob(facts, member, object), etcd);
            }
        },
    };
}

/**
 * How far a restore begins beyond the snapshot: a thousand for each second until now, so that it is beyond all that
 * anybody can have seen since, also since an earlier restore of the same snapshot.
 */
const revisionsAt = (now: Date) => String(now.getTime());

type MetadataOf = (object: string) => {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
};

/** To etcd and to the bucket. */
function declareAccess(
    name: string,
    { pki, credentials }: BackupArgs,
    metadata: MetadataOf,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    const secret = (object: string, files: Record<string, pulumi.Input<string>>) =>
        new k8s.core.v1.Secret(
            `${name}-${object}`,
            { metadata: metadata(object), stringData: pulumi.secret(files) },
            opts,
        );
    const { certPem, keyPem } = pki.leaf("etcd-client-backup");
    return [
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
}

const replacedUnready = { "pulumi.com/replaceUnready": "true" };

const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 8);
