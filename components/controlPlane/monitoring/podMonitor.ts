import { etcd } from "../etcd/etcdPlan";
import { hostNamespace, inCluster } from "../layout";
import type { Part } from "../part";
import { selectorOf } from "../renderPart";

/** Secret with the certificate by which Prometheus reads metrics. */
export const monitoringSecret = "karmada-monitoring-client-cert";

type Source = Pick<Part<string>, "name" | "selector" | "metrics">;

export const etcdSource: Source = {
    name: etcd.name,
    metrics: { port: "metrics", scheme: "HTTP" },
};

const key = (file: string) => ({ name: monitoringSecret, key: file });

/** Whoever speaks TLS wants to know who asks; the others are kept from strangers by network policies. */
const byCertificate = (name: string) => ({
    scheme: "https",
    tlsConfig: {
        // No pod's address is in a certificate, but its Service's name is.
        serverName: inCluster(name),
        ca: { secret: key("ca.crt") },
        cert: { secret: key("tls.crt") },
        keySecret: key("tls.key"),
    },
});

/** Pods, not Services: controllers have none, and of the others each replica counts. */
export const podMonitor = (source: Source, labels: Readonly<Record<string, string>>) => ({
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name: source.name, namespace: hostNamespace, labels },
    spec: {
        // The series' label "job" is then the part's name, as the alert rules want it.
        jobLabel: "app.kubernetes.io/name",
        selector: { matchLabels: selectorOf(source) },
        podMetricsEndpoints: [
            {
                port: source.metrics.port,
                path: "/metrics",
                interval: "30s",
                ...(source.metrics.scheme === "HTTPS" ? byCertificate(source.name) : {}),
            },
        ],
    },
});
