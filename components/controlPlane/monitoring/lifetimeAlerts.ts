import * as pulumi from "@pulumi/pulumi";
import { backup } from "../backup/backupPlan";
import { hostNamespace } from "../layout";
import type { LedgerRow } from "../pki/ledger";
import type { AlertGroup } from "./alert";

const day = 86_400;
const seconds = (date: string | Date) => Math.floor(new Date(date).getTime() / 1000);
const now = "vector(time())";

/** Two weeks of patience before somebody is reminded. */
const graceDays = 14;
const lastDays = 21;

/**
 * No metric tells when a certificate ends, but the program that issued them knows; and every update
 * writes it down anew.
 */
export function certificateAlerts(
    renewal: Date,
    ledger: pulumi.Output<readonly LedgerRow[]>,
): AlertGroup {
    const first = ledger.apply((rows) =>
        rows.reduce((one, other) =>
            seconds(other.notAfter) < seconds(one.notAfter) ? other : one,
        ),
    );
    return {
        name: "karmada-certificates",
        alerts: [
            {
                name: "KarmadaCertificatesToRenew",
                expression: `${now} > ${seconds(renewal) + graceDays * day}`,
                for: "1h",
                severity: "warning",
                summary: "Karmada's certificates are to be renewed.",
                description: `They have been since ${renewal.toISOString().slice(0, 10)}: run "pulumi up". Nothing restarts that need not.`,
            },
            {
                name: "KarmadaCertificateEnds",
                expression: first.apply(
                    ({ notAfter }) => `${now} > ${seconds(notAfter) - lastDays * day}`,
                ),
                for: "1h",
                severity: "critical",
                summary: `A certificate of Karmada ends in less than ${lastDays} days.`,
                description: pulumi.interpolate`"${first.name}" ends on ${first.notAfter}; it ${first.renewal}.`,
            },
            {
                name: "KarmadaClientCertificateEnds",
                // Of the bucket itself, and for long: whoever calls seldom is not to be missed.
                expression: `sum(increase(apiserver_client_certificate_expiration_seconds_bucket{namespace="${hostNamespace}",job="karmada-apiserver",le=~"${7 * day}([.]0)?"}[6h])) > 0`,
                for: "5m",
                severity: "critical",
                summary: "Somebody calls Karmada with a certificate that ends within a week.",
                description:
                    "One of Karmada's own parts, a member's agent, or a person. The audit log names the caller.",
            },
        ],
    };
}

const schedule = `namespace="${hostNamespace}",cronjob="${backup.name}"`;

const jobs = `namespace="${hostNamespace}",job_name=~"${backup.name}-.*"`;

/** From kube-state-metrics, which speaks of the parent cluster's objects. */
export const backupAlerts = (oldestHours: number): AlertGroup => ({
    name: "karmada-backup",
    alerts: [
        {
            name: "KarmadaBackupTooOld",
            // Before the first snapshot by the clock it is as old as the clock.
            expression: `time() - (max(kube_cronjob_status_last_successful_time{${schedule}}) or max(kube_cronjob_created{${schedule}})) > ${oldestHours * 3600}`,
            for: "5m",
            severity: "critical",
            summary:
                "The last good snapshot of Karmada's etcd is {{ $value | humanizeDuration }} old.",
            description: `Look at the Jobs ${backup.name}-* and at what their pods have said last.`,
        },
        {
            name: "KarmadaBackupFailed",
            // A later success makes up for it.
            expression: `max by (job_name) (kube_job_failed{${jobs},condition="true"}) > 0 and max by (job_name) (kube_job_status_start_time{${jobs}}) > scalar(max(kube_cronjob_status_last_successful_time{${schedule}}) or vector(0))`,
            for: "15m",
            severity: "warning",
            summary: "The Job {{ $labels.job_name }} failed.",
            description:
                "A snapshot of Karmada's etcd was not taken or did not get into the bucket: see what its pod has said last.",
        },
        {
            name: "KarmadaBackupUnknown",
            expression: `absent(kube_cronjob_created{${schedule}})`,
            for: "1h",
            severity: "warning",
            summary: "Nobody knows how old the last snapshot of Karmada's etcd is.",
            description:
                "Prometheus has no kube-state-metrics of this cluster, without which the alerts of the backup cannot fire.",
        },
    ],
});
