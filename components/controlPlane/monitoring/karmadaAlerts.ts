import { hostNamespace } from "../layout";
import type { AlertGroup } from "./alert";

const of = (job: string, more = "") => `namespace="${hostNamespace}",job="${job}"${more}`;
const api = "karmada-apiserver";
const errors = `sum(rate(apiserver_request_total{${of(api, ',code=~"5.."')}}[5m]))`;
const calls = `sum(rate(apiserver_request_total{${of(api)}}[5m]))`;

/** `jobs`: the names of all parts but the API server. */
export const karmadaAlerts = (jobs: readonly string[]): AlertGroup => ({
    name: "karmada",
    alerts: [
        {
            name: "KarmadaApiDown",
            expression: `(sum(up{${of(api)}}) or vector(0)) == 0`,
            for: "1m",
            severity: "critical",
            summary: "No API server of Karmada answers.",
            description:
                "Nobody can read or change anything; members go on with what they run. Look at the pods karmada-apiserver and at etcd.",
        },
        {
            name: "KarmadaApiErrors",
            expression: `${errors} / ${calls} > 0.05`,
            for: "10m",
            severity: "critical",
            summary: "Of the calls to Karmada's API {{ $value | humanizePercentage }} fail.",
            description:
                "See the alerts of etcd and of the webhook first, then the log of the API servers.",
        },
        {
            name: "KarmadaPartDown",
            expression: `sum by (job) (up{namespace="${hostNamespace}",job=~"${[api, ...jobs].join("|")}"} == bool 0) > 0`,
            for: "15m",
            severity: "warning",
            summary: "{{ $value }} pods of {{ $labels.job }} do not answer.",
            description: "The others stand in for them. Look at the pods, and at their nodes.",
        },
        ...jobs.map((job) => ({
            name: "KarmadaPartMissing",
            expression: `absent(up{${of(job)}})`,
            for: "15m",
            severity: "critical" as const,
            summary: `Prometheus sees no pod of ${job}.`,
            description:
                "None of its pods is there, or Prometheus does not find its PodMonitor any more.",
        })),
        {
            name: "KarmadaWebhookFails",
            expression: `sum by (name) (rate(apiserver_admission_webhook_rejection_count{${of(api, ',error_type="calling_webhook_error"')}}[5m])) > 0`,
            for: "5m",
            severity: "critical",
            summary: "Karmada's API cannot call the webhook {{ $labels.name }}.",
            description:
                "What it has to check is refused until it answers: look at the pods karmada-webhook.",
        },
        {
            name: "KarmadaApiPartUnavailable",
            expression: `max by (name) (aggregator_unavailable_apiservice{${of(api)}}) == 1`,
            for: "5m",
            severity: "critical",
            summary: "Karmada's API lacks {{ $labels.name }}.",
            description:
                "Look at the pods that serve it: karmada-aggregated-apiserver, karmada-search or karmada-metrics-adapter.",
        },
        {
            name: "KarmadaMemberNotReady",
            expression: `min by (member_cluster) (cluster_ready_state{${of("karmada-controller-manager")}}) == 0`,
            for: "5m",
            severity: "critical",
            summary: "Member {{ $labels.member_cluster }} is not ready.",
            description:
                "Karmada does not reach it, or its agent does not reach Karmada: see the conditions of its Cluster. Its workloads move when they tolerate it no longer.",
        },
    ],
});
