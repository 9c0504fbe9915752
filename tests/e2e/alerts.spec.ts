import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { etcdAlerts } from "../../components/controlPlane/monitoring/etcdAlerts";
import { karmadaAlerts } from "../../components/controlPlane/monitoring/karmadaAlerts";
import {
    backupAlerts,
    certificateAlerts,
} from "../../components/controlPlane/monitoring/lifetimeAlerts";
import { Promtool, type Scene } from "../support/promtool";
import { temporaryFolder } from "../support/temporary";

type Labels = Readonly<Record<string, string>>;

const fires = (series: Labels, after: string, summary: string, labels: Labels = {}): Scene => ({
    ...{ series, after, fires: { summary, labels } },
});
const isSilent = (series: Labels, after: string): Scene => ({ series, after });

const namespace = "karmada-system";
const weeks = 4;

/** A series in the control plane's namespace: of one value all the time, or as Prometheus's unit tests write it. */
function metric(name: string, labels: Labels, values: number | string): Labels {
    const all = Object.entries({ namespace, ...labels }).map(([key, value]) => `${key}="${value}"`);
    const written = typeof values === "number" ? `${values}x${weeks * 7 * 24 * 60}` : values;
    return { [`${name}{${all.join(",")}}`]: written };
}

const growing = (each: number) => `0+${each}x60`;

/** Whether the pods of a part answer. */
const up = (job: string, ...pods: number[]): Labels =>
    Object.assign({}, ...pods.map((each, at) => metric("up", { job, pod: `${job}-${at}` }, each)));

const inEtcd = (name: string, values: number | string, pod = "etcd-0") =>
    metric(name, { job: "etcd", pod }, values);

/** Operations of a disk: nearly all take longer than the first bound, and none longer than the second. */
function taking(name: string, first: number, second: number): Labels {
    const bucket = (le: string, values: string) =>
        metric(`${name}_bucket`, { job: "etcd", pod: "etcd-0", le }, values);
    return {
        ...bucket(String(first), growing(1)),
        ...bucket(String(second), growing(100)),
        ...bucket("+Inf", growing(100)),
    };
}

const filled = (bytes: number) => ({
    ...inEtcd("etcd_mvcc_db_total_size_in_bytes", bytes),
    ...inEtcd("etcd_server_quota_backend_bytes", 1000),
});

const claim = { persistentvolumeclaim: "data-etcd-2" };
const withRoom = (percent: number) => ({
    ...metric("kubelet_volume_stats_available_bytes", claim, percent),
    ...metric("kubelet_volume_stats_capacity_bytes", claim, 100),
});

const api = "karmada-apiserver";
const answers = (good: number, bad: number) => ({
    ...metric("apiserver_request_total", { job: api, code: "200" }, growing(good)),
    ...metric("apiserver_request_total", { job: api, code: "503" }, growing(bad)),
});

const failedCalls = (error_type: string) =>
    metric(
        "apiserver_admission_webhook_rejection_count",
        { job: api, name: "workload.karmada.io", error_type },
        growing(1),
    );

const lacking = (value: number) =>
    metric("aggregator_unavailable_apiservice", { job: api, name: "v1alpha1.cluster" }, value);

const member = (ready: number) =>
    metric(
        "cluster_ready_state",
        { job: "karmada-controller-manager", member_cluster: "frankfurt" },
        ready,
    );

/** Calls in an hour with certificates that are good for less than a week, and for up to a month; in the bounds that there are. */
function callers(endingThisWeek: number, others: number, decimals = ""): Labels {
    const all = endingThisWeek + others;
    const counts = { "345600": 0, "604800": endingThisWeek, "2592000": all };
    const hourly = (count: number) =>
        Array.from({ length: 8 }, (_, hour) => `${count * hour}x59`).join(" ");
    const name = "apiserver_client_certificate_expiration_seconds_bucket";
    return Object.assign(
        {},
        ...Object.entries(counts).map(([le, count]) =>
            metric(name, { job: api, le: le + decimals }, hourly(count)),
        ),
    );
}

const cronjob = "etcd-snapshot";
const schedule = (since: number) => metric("kube_cronjob_created", { cronjob }, since);
const lastGood = (at: number | string) =>
    metric("kube_cronjob_status_last_successful_time", { cronjob }, at);
const failedAt = (seconds: number) => ({
    ...metric("kube_job_failed", { job_name: "etcd-snapshot-1", condition: "true" }, 1),
    ...metric("kube_job_status_start_time", { job_name: "etcd-snapshot-1" }, seconds),
});

/** Of its clock, which begins in 1970 here. */
const renewal = new Date("1970-01-02T00:00:00Z");
const ends = "1970-01-25T00:00:00Z";

const scenes: Readonly<Record<string, Readonly<Record<string, Scene>>>> = {
    KarmadaEtcdWithoutQuorum: {
        "two of three members are away": fires(
            up("etcd", 1, 0, 0),
            "2m",
            "Most members of Karmada's etcd do not answer.",
        ),
        "nobody knows of any member": fires(
            {},
            "2m",
            "Most members of Karmada's etcd do not answer.",
        ),
        "one of three is away": isSilent(up("etcd", 1, 1, 0), "2m"),
    },
    KarmadaEtcdWithoutLeader: {
        "a member has none": fires(
            {
                ...inEtcd("etcd_server_has_leader", 1),
                ...inEtcd("etcd_server_has_leader", 0, "etcd-1"),
            },
            "2m",
            "Member etcd-1 of Karmada's etcd has no leader.",
            { pod: "etcd-1" },
        ),
        "a member has had none for a moment": isSilent(
            inEtcd("etcd_server_has_leader", "0 1x10"),
            "2m",
        ),
    },
    KarmadaEtcdMemberDown: {
        "one of three has been away for long": fires(
            up("etcd", 1, 1, 0),
            "11m",
            "Of 3 members of Karmada's etcd 2 answer.",
        ),
        "one of three is being updated": isSilent(up("etcd", 1, 1, 0), "9m"),
    },
    KarmadaEtcdLeaderChanges: {
        "it changes every minute": fires(
            inEtcd("etcd_server_leader_changes_seen_total", growing(1)),
            "30m",
            "Karmada's etcd keeps changing its leader.",
        ),
        "it has changed once": isSilent(
            inEtcd("etcd_server_leader_changes_seen_total", "1x10 2x60"),
            "20m",
        ),
    },
    KarmadaEtcdSlowLog: {
        "a disk takes a second": fires(
            taking("etcd_disk_wal_fsync_duration_seconds", 0.5, 1),
            "20m",
            "The disk of etcd-0 takes 994.9ms for a write.",
            { pod: "etcd-0" },
        ),
        "a disk takes ten milliseconds": isSilent(
            taking("etcd_disk_wal_fsync_duration_seconds", 0.001, 0.01),
            "20m",
        ),
    },
    KarmadaEtcdSlowDatabase: {
        "a disk takes half a second": fires(
            taking("etcd_disk_backend_commit_duration_seconds", 0.25, 0.5),
            "20m",
            "The database of etcd-0 takes 497.5ms for a write.",
            { pod: "etcd-0" },
        ),
        "a disk takes ten milliseconds": isSilent(
            taking("etcd_disk_backend_commit_duration_seconds", 0.001, 0.01),
            "20m",
        ),
    },
    KarmadaEtcdQuotaNear: {
        "a fifth of it is left": fires(
            filled(850),
            "11m",
            "The database of etcd-0 is at 85% of its quota.",
            { pod: "etcd-0" },
        ),
        "a third of it is left": isSilent(filled(660), "11m"),
    },
    KarmadaEtcdQuotaReached: {
        "nothing of it is left": fires(
            filled(1000),
            "11m",
            "The database of etcd-0 is at 100% of its quota.",
            { pod: "etcd-0" },
        ),
        "a fifth of it is left": isSilent(filled(850), "11m"),
    },
    KarmadaEtcdVolumeFull: {
        "a tenth is left": fires(withRoom(10), "11m", "The volume data-etcd-2 is nearly full.", {
            ...{ namespace, ...claim },
        }),
        "half is left": isSilent(withRoom(50), "11m"),
    },
    KarmadaApiDown: {
        "none of three answers": fires(up(api, 0, 0, 0), "2m", "No API server of Karmada answers."),
        "nobody knows of any": fires({}, "2m", "No API server of Karmada answers."),
        "one of three answers": isSilent(up(api, 0, 0, 1), "2m"),
    },
    KarmadaApiErrors: {
        "a tenth of the calls fail": fires(
            answers(90, 10),
            "20m",
            "Of the calls to Karmada's API 10% fail.",
        ),
        "one of a hundred fails": isSilent(answers(99, 1), "20m"),
    },
    KarmadaPartDown: {
        "two of its pods do not answer": fires(
            up("karmada-webhook", 0, 1, 0),
            "16m",
            "2 pods of karmada-webhook do not answer.",
            { job: "karmada-webhook" },
        ),
        "all of them answer": isSilent(up("karmada-webhook", 1, 1), "16m"),
    },
    KarmadaPartMissing: {
        "nobody knows of any pod": fires(
            up("karmada-webhook", 1),
            "16m",
            "Prometheus sees no pod of karmada-scheduler.",
            { namespace, job: "karmada-scheduler" },
        ),
        "its pods are known, though down": isSilent(
            { ...up("karmada-webhook", 0), ...up("karmada-scheduler", 0) },
            "16m",
        ),
    },
    KarmadaWebhookFails: {
        "it cannot be called": fires(
            failedCalls("calling_webhook_error"),
            "10m",
            "Karmada's API cannot call the webhook workload.karmada.io.",
            { name: "workload.karmada.io" },
        ),
        "it says no": isSilent(failedCalls("no_error"), "10m"),
    },
    KarmadaApiPartUnavailable: {
        "an API is lacking": fires(lacking(1), "6m", "Karmada's API lacks v1alpha1.cluster.", {
            name: "v1alpha1.cluster",
        }),
        "it is there": isSilent(lacking(0), "6m"),
    },
    KarmadaMemberNotReady: {
        "one is not": fires(member(0), "6m", "Member frankfurt is not ready.", {
            member_cluster: "frankfurt",
        }),
        "it is": isSilent(member(1), "6m"),
    },
    KarmadaCertificatesToRenew: {
        "two weeks have passed since they could be": fires(
            up("etcd", 1),
            "16d",
            "Karmada's certificates are to be renewed.",
        ),
        "they can be since yesterday": isSilent(up("etcd", 1), "2d"),
    },
    KarmadaCertificateEnds: {
        "the first ends in less than three weeks": fires(
            up("etcd", 1),
            "5d",
            "A certificate of Karmada ends in less than 21 days.",
        ),
        "the first ends in three weeks": isSilent(up("etcd", 1), "2d"),
    },
    KarmadaClientCertificateEnds: {
        "one call an hour of a thousand is with such a one": fires(
            callers(1, 999),
            "7h",
            "Somebody calls Karmada with a certificate that ends within a week.",
        ),
        "a later Prometheus writes bounds with decimals": fires(
            callers(1, 999, ".0"),
            "7h",
            "Somebody calls Karmada with a certificate that ends within a week.",
        ),
        "all are good for long": isSilent(callers(0, 1000), "7h"),
    },
    KarmadaBackupTooOld: {
        "the last good one is of yesterday": fires(
            { ...schedule(0), ...lastGood(0) },
            "25h",
            "The last good snapshot of Karmada's etcd is 1d 1h 0m 0s old.",
        ),
        "there has never been one": fires(
            schedule(0),
            "25h",
            "The last good snapshot of Karmada's etcd is 1d 1h 0m 0s old.",
        ),
        "one is taken every hour": isSilent({ ...schedule(0), ...lastGood("0+60x2000") }, "25h"),
    },
    KarmadaBackupFailed: {
        "none was good since": fires(
            { ...failedAt(600), ...lastGood(300) },
            "26m",
            "The Job etcd-snapshot-1 failed.",
            { job_name: "etcd-snapshot-1" },
        ),
        "there has never been a good one": fires(
            failedAt(600),
            "26m",
            "The Job etcd-snapshot-1 failed.",
            { job_name: "etcd-snapshot-1" },
        ),
        "a later one was good": isSilent({ ...failedAt(600), ...lastGood(900) }, "26m"),
    },
    KarmadaBackupUnknown: {
        "nothing tells of the schedule": fires(
            {},
            "61m",
            "Nobody knows how old the last snapshot of Karmada's etcd is.",
            { namespace, cronjob },
        ),
        "it is known": isSilent(schedule(0), "61m"),
    },
};

describe("alerts, evaluated by Prometheus", function () {
    this.timeout(60_000);
    const folder = temporaryFolder();
    const ledger = pulumi.output([
        {
            name: "webhook" as const,
            subject: "CN=webhook",
            names: [],
            notAfter: ends,
            generation: "1",
            renewal: "renews with the next up",
        },
    ]);
    const groups = [
        etcdAlerts(3),
        karmadaAlerts(["karmada-scheduler", "karmada-webhook"]),
        certificateAlerts(renewal, ledger),
        backupAlerts(24),
    ];
    let promtool: Promtool;

    before(async function () {
        // The first time it is built.
        this.timeout(0);
        promtool = await Promtool.with(groups, folder);
    });

    it("are all tried here", () => {
        const names = groups.flatMap(({ alerts }) => alerts.map(({ name }) => name));
        assert.deepEqual(Object.keys(scenes).sort(), [...new Set(names)].sort());
    });

    for (const [alert, each] of Object.entries(scenes)) {
        for (const [what, scene] of Object.entries(each)) {
            it(`${alert} ${scene.fires ? "fires" : "is silent"} when ${what}`, () =>
                promtool.assertFires(alert, scene));
        }
    }
});
