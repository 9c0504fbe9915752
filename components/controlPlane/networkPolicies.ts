import type * as k8s from "@pulumi/kubernetes";
import { etcd } from "./etcd/etcdPlan";
import { hostNamespace, ports } from "./layout";
import type { OptionalParts } from "./optionalParts";

/** A connection that is allowed: everything else into and out of the namespace's pods is not. */
export interface Arrow {
    readonly from: string;
    readonly to: string;
    readonly port: number;
}

const api = "karmada-apiserver";
export const backupApp = "karmada-etcd-backup";
/** Label "app" of all estimators, whichever member each is for. */
export const estimatorApp = "karmada-scheduler-estimator";

const toEtcd = (from: string): Arrow => ({ from, to: etcd.name, port: etcd.clientPort });
const toApi = (from: string): Arrow => ({ from, to: api, port: ports.apiServer });
const toExtension = (to: string): Arrow => ({ from: api, to, port: ports.extensionServers });
const toEstimators = (from: string): Arrow => ({ from, to: estimatorApp, port: ports.estimators });

/** Of what every control plane has. */
export const arrows: readonly Arrow[] = [
    ...[api, "karmada-aggregated-apiserver", backupApp].map(toEtcd),
    { from: etcd.name, to: etcd.name, port: etcd.peerPort },
    ...[
        "karmada-aggregated-apiserver",
        "karmada-webhook",
        "kube-controller-manager",
        "karmada-controller-manager",
        "karmada-scheduler",
    ].map(toApi),
    toExtension("karmada-aggregated-apiserver"),
    { from: api, to: "karmada-webhook", port: ports.webhook },
];

const optionalArrows: Readonly<Record<keyof OptionalParts, readonly Arrow[]>> = {
    search: [toEtcd("karmada-search"), toApi("karmada-search"), toExtension("karmada-search")],
    metricsAdapter: [toApi("karmada-metrics-adapter"), toExtension("karmada-metrics-adapter")],
    descheduler: [toApi("karmada-descheduler"), toEstimators("karmada-descheduler")],
    estimators: [toEstimators("karmada-scheduler")],
};

export const arrowsOf = (optional: OptionalParts): readonly Arrow[] => [
    ...arrows,
    ...Object.entries(optionalArrows).flatMap(([part, each]) =>
        optional[part as keyof OptionalParts] ? each : [],
    ),
];

/** These call the API servers of members, wherever those are, or a bucket. */
const outward: readonly string[] = [
    "karmada-aggregated-apiserver",
    "karmada-controller-manager",
    "karmada-search",
    "karmada-metrics-adapter",
    estimatorApp,
    backupApp,
];

/** Where each part tells its metrics. */
const metricsPort = (app: string) => {
    const own: Readonly<Record<string, number>> = {
        [etcd.name]: etcd.metricsPort,
        "karmada-aggregated-apiserver": ports.extensionServers,
        "karmada-search": ports.extensionServers,
        "kube-controller-manager": ports.kubeControllerManager,
    };
    return own[app] ?? ports.metrics;
};

export interface Traffic {
    /** Whether the API server asks issuers for their keys. */
    readonly issuers: boolean;
    readonly optional?: OptionalParts;
    /** Namespace of whoever reads metrics, if somebody does. */
    readonly monitoredFrom?: string;
}

type Policy = k8s.types.input.networking.v1.NetworkPolicy & {
    readonly metadata: { readonly name: string; readonly namespace: string };
};

const podsOf = (app: string) => ({ podSelector: { matchLabels: { app } } });
const tcp = (port: number) => [{ port, protocol: "TCP" }];

/** Default deny, name resolution, and exactly the arrows. */
export function networkPolicies({ issuers, optional = {}, monitoredFrom }: Traffic): Policy[] {
    const all = arrowsOf(optional);
    const apps = [...new Set(all.flatMap(({ from, to }) => [from, to]))].sort();
    const mayLeave = (app: string) => outward.includes(app) || (issuers && app === api);
    return [
        {
            metadata: { name: "karmada-default-deny", namespace: hostNamespace },
            spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
        },
        {
            metadata: { name: "karmada-name-resolution", namespace: hostNamespace },
            spec: {
                podSelector: {},
                policyTypes: ["Egress"],
                egress: [{ ports: ["UDP", "TCP"].map((protocol) => ({ port: 53, protocol })) }],
            },
        },
        ...apps.map((app) => ({
            metadata: { name: app, namespace: hostNamespace },
            spec: {
                ...podsOf(app),
                policyTypes: ["Ingress", "Egress"],
                ingress: ingressOf(app, all, monitoredFrom),
                egress: mayLeave(app)
                    ? [{}]
                    : all
                          .filter(({ from }) => from === app)
                          .map(({ to, port }) => ({ to: [podsOf(to)], ports: tcp(port) })),
            },
        })),
    ];
}

function ingressOf(app: string, all: readonly Arrow[], monitoredFrom?: string) {
    // Members, people and load balancers come from anywhere; who they are is the API server's to check.
    if (app === api) return [{ ports: tcp(ports.apiServer) }];
    const callers = all
        .filter(({ to }) => to === app)
        .map(({ from, port }) => ({ from: [podsOf(from)], ports: tcp(port) }));
    if (monitoredFrom === undefined || app === backupApp) return callers;
    const matchLabels = { "kubernetes.io/metadata.name": monitoredFrom };
    const reader = { from: [{ namespaceSelector: { matchLabels } }], ports: tcp(metricsPort(app)) };
    return [...callers, reader];
}
