import { etcd } from "../etcd/etcdPlan";
import { hostNamespace } from "../layout";
import type { AlertGroup } from "./alert";

const members = `namespace="${hostNamespace}",job="${etcd.name}"`;
const claims = `namespace="${hostNamespace}",persistentvolumeclaim=~"data-${etcd.name}-.*"`;

/** How long 99 of 100 of a disk's operations take at most, per member. */
const slowest = (metric: string) =>
    `histogram_quantile(0.99, sum by (pod, le) (rate(${metric}_bucket{${members}}[5m])))`;

/** Those that answer; none at all counts as zero, and not as unknown. */
const running = `(sum(up{${members}}) or vector(0))`;

export const etcdAlerts = (wanted: number): AlertGroup => ({
    name: "karmada-etcd",
    alerts: [
        {
            name: "KarmadaEtcdWithoutQuorum",
            expression: `${running} < ${Math.floor(wanted / 2) + 1}`,
            for: "1m",
            severity: "critical",
            summary: "Most members of Karmada's etcd do not answer.",
            description:
                "Karmada can store nothing, and soon read nothing. Look for the pods etcd-N that are not ready, and for their nodes and volumes.",
        },
        {
            name: "KarmadaEtcdWithoutLeader",
            expression: `min by (pod) (etcd_server_has_leader{${members}}) == 0`,
            for: "1m",
            severity: "critical",
            summary: "Member {{ $labels.pod }} of Karmada's etcd has no leader.",
            description:
                "It is cut off from the others, or they have no majority. See whether the others answer, and whether port 2380 is open between them.",
        },
        {
            name: "KarmadaEtcdMemberDown",
            expression: `${running} < ${wanted}`,
            for: "10m",
            severity: "warning",
            summary: `Of ${wanted} members of Karmada's etcd {{ $value }} answer.`,
            description:
                "It goes on without, but survives fewer losses. A member that has lost its volume is replaced by one command.",
        },
        {
            name: "KarmadaEtcdLeaderChanges",
            expression: `max(increase(etcd_server_leader_changes_seen_total{${members}}[15m])) > 4`,
            for: "5m",
            severity: "warning",
            summary: "Karmada's etcd keeps changing its leader.",
            description:
                "Every change is a pause for all writes. Disks that are slow, or nodes that are out of CPU, are the usual reasons.",
        },
        {
            name: "KarmadaEtcdSlowLog",
            expression: `${slowest("etcd_disk_wal_fsync_duration_seconds")} > 0.5`,
            for: "10m",
            severity: "warning",
            summary:
                "The disk of {{ $labels.pod }} takes {{ $value | humanizeDuration }} for a write.",
            description: "Every write of Karmada waits for this. Give the volumes more throughput.",
        },
        {
            name: "KarmadaEtcdSlowDatabase",
            expression: `${slowest("etcd_disk_backend_commit_duration_seconds")} > 0.25`,
            for: "10m",
            severity: "warning",
            summary:
                "The database of {{ $labels.pod }} takes {{ $value | humanizeDuration }} for a write.",
            description: "Reads wait for this. Give the volumes more throughput.",
        },
        quotaAlert("KarmadaEtcdQuotaNear", 0.8, "warning"),
        quotaAlert("KarmadaEtcdQuotaReached", 0.95, "critical"),
        {
            name: "KarmadaEtcdVolumeFull",
            expression: `kubelet_volume_stats_available_bytes{${claims}} / kubelet_volume_stats_capacity_bytes{${claims}} < 0.15`,
            for: "10m",
            severity: "warning",
            summary: "The volume {{ $labels.persistentvolumeclaim }} is nearly full.",
            description:
                'Let the claim grow, where its class allows it, or delete what restores have set aside in its folder "replaced".',
        },
    ],
});

const quotaAlert = (name: string, share: number, severity: "warning" | "critical") => ({
    name,
    expression: `max by (pod) (etcd_mvcc_db_total_size_in_bytes{${members}} / etcd_server_quota_backend_bytes{${members}}) > ${share}`,
    for: "10m",
    severity,
    summary:
        "The database of {{ $labels.pod }} is at {{ $value | humanizePercentage }} of its quota.",
    description:
        "At the quota etcd refuses every write. Find out what fills it, defragment, or set a larger etcd.quota.",
});
