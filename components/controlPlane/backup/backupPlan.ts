import type * as pulumi from "@pulumi/pulumi";
import { type Problem, shown } from "../../support/problems";
import { bytesOf } from "../etcd/etcdPlan";

export const backup = {
    /** Of the CronJob; with more added, of its Jobs and their pods, and so of the snapshots. */
    name: "etcd-snapshot",
    /** Label "app" of its pods, and their service account: what a cloud grants the bucket to. */
    app: "karmada-etcd-backup",
    clientSecret: "etcd-backup-client-cert",
    storeSecret: "etcd-backup-store",
} as const;

/** Where snapshots go: a bucket that speaks S3. */
export interface SnapshotStore {
    /** The service account needs to list it, and to get, put and delete objects in it. */
    readonly bucket: pulumi.Input<string>;
    /**
     * Folder in the bucket; no other control plane may use it.
     * @default "karmada-etcd"
     */
    readonly prefix?: string;
    readonly region?: pulumi.Input<string>;
    /**
     * Address of an S3 that is not Amazon's.
     * @default Amazon S3
     */
    readonly endpoint?: string;
    /**
     * Keys to the bucket.
     * @default what the cloud grants the service account, e.g. by EKS Pod Identity
     */
    readonly credentials?: StoreCredentials;
}

export interface StoreCredentials {
    readonly accessKeyId: pulumi.Input<string>;
    /** Kept as a secret. */
    readonly secretAccessKey: pulumi.Input<string>;
}

export interface BackupSettings extends SnapshotStore {
    /**
     * When, as cron writes it, in UTC.
     * @default "0 *\/6 * * *", every six hours
     */
    readonly schedule?: string;
    /**
     * Older snapshots of the schedule are deleted, once a newer one is safe. Those that somebody
     * took by hand stay.
     * @default 14
     */
    readonly retentionDays?: number;
    /**
     * Name of a snapshot in the folder, such as "etcd-snapshot-29402730-x7k2p.db". While it is set, the
     * control plane stands still, and its data are those of the snapshot. An update without it starts
     * the control plane again: see docs/restore.md.
     */
    readonly restoreFrom?: string;
}

export const backupDefaults = {
    prefix: "karmada-etcd",
    schedule: "0 */6 * * *",
    retentionDays: 14,
} as const;

export function checkBackup(settings: BackupSettings): Problem[] {
    const { schedule, retentionDays, bucket, prefix, endpoint, restoreFrom } = settings;
    const given = <T>(value: T | undefined, check: (known: T) => Problem[]) =>
        value === undefined ? [] : check(value);
    return [
        ...(isLater(bucket) ? [] : checkBucket(bucket)),
        ...given(prefix, checkPrefix),
        ...given(endpoint, checkEndpoint),
        ...given(schedule, checkSchedule),
        ...given(retentionDays, checkRetention),
        ...given(restoreFrom, checkSnapshotName),
    ];
}

const isLater = (input: unknown) => typeof input === "object" && input !== null;

function checkBucket(bucket: unknown): Problem[] {
    if (typeof bucket === "string" && /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
        return [];
    }
    const message = `is ${shown(bucket)}; name a bucket: 3 to 63 lower-case letters, digits, dots and hyphens, without "s3://".`;
    return [{ path: "bucket", message }];
}

function checkPrefix(prefix: string): Problem[] {
    if (/^[\w.-]+(\/[\w.-]+)*$/.test(prefix) && !/(^|\/)\.\.?(\/|$)/.test(prefix)) {
        return [];
    }
    const message = `is ${shown(prefix)}; use a folder such as "karmada-etcd" or "prod/karmada", without a slash at either end.`;
    return [{ path: "prefix", message }];
}

/** A snapshot holds all that Karmada knows, the members' credentials too. */
function checkEndpoint(endpoint: string): Problem[] {
    const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
    const inCluster = /\.svc(\.cluster\.local)?$/.test(url?.hostname ?? "");
    if (url?.protocol === "https:" || (url?.protocol === "http:" && inCluster)) {
        return [];
    }
    const message = `is ${shown(endpoint)}; use an https address, or http to a Service of this cluster (http://NAME.NAMESPACE.svc).`;
    return [{ path: "endpoint", message }];
}

const named = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/;
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
/** Minute, hour, day of the month, month, day of the week: first and last, and words for numbers. */
const fields: readonly (readonly [first: number, last: number, words?: readonly string[]])[] = [
    [0, 59],
    [0, 23],
    [1, 31],
    [1, 12, months],
    [0, 6, days],
];

/** A list of values, ranges and steps, as Kubernetes reads them. */
function isField(text: string, [first, last, words = []]: (typeof fields)[number]): boolean {
    const numberOf = (each: string) =>
        words.includes(each.toLowerCase())
            ? first + words.indexOf(each.toLowerCase())
            : /^\d+$/.test(each)
              ? Number(each)
              : NaN;
    return text.split(",").every((part) => {
        const [span = "", step = "1", ...others] = part.split("/");
        if (others.length > 0 || !/^[1-9]\d*$/.test(step)) return false;
        if (span === "*") return true;
        const [from, to = from, ...more] = span.split("-").map(numberOf) as [number, number];
        return more.length === 0 && from >= first && from <= to && to <= last;
    });
}

function checkSchedule(schedule: string): Problem[] {
    const given = schedule.trim().split(/\s+/);
    const isSound = given.length === 5 && given.every((each, at) => isField(each, fields[at]!));
    if (isSound || named.test(schedule)) return [];
    const message = `is ${shown(schedule)}; use the five fields of cron, e.g. "${backupDefaults.schedule}" for every six hours, or "@daily".`;
    return [{ path: "schedule", message }];
}

function checkRetention(days: number): Problem[] {
    if (Number.isInteger(days) && days >= 1) {
        return [];
    }
    const message = `is ${shown(days)}; use a whole number of days, 1 at least.`;
    return [{ path: "retentionDays", message }];
}

function checkSnapshotName(name: string): Problem[] {
    if (/^\w[\w.-]*$/.test(name)) {
        return [];
    }
    const message = `is ${shown(name)}; use the name of a file in the folder ("prefix") of the bucket, such as "${backup.name}-29402730-x7k2p.db".`;
    return [{ path: "restoreFrom", message }];
}

const mebibytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)}Mi`;

/** etcd notices the quota a little late. */
const largestDatabase = (quota: string) => (bytesOf(quota)! * 5) / 4;

/** What a snapshot of that quota may take on a node's disk. */
export const snapshotSpace = (quota: string) => mebibytes(largestDatabase(quota));

/** The same with what is made of it: the database once more, and etcd's log, of 64 MiB a file. */
export const restoredSpace = (quota: string) =>
    mebibytes(2 * largestDatabase(quota) + 256 * 2 ** 20);
