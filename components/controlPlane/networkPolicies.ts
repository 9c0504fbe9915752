import type * as k8s from "@pulumi/kubernetes";
import { hostNamespace, ports } from "./layout";

/** A connection that is allowed: everything else into and out of the namespace's pods is not. */
export interface Arrow {
    readonly from: string;
    readonly to: string;
    readonly port: number;
}

const clientsOfApi = [
    "karmada-aggregated-apiserver",
    "karmada-webhook",
    "kube-controller-manager",
    "karmada-controller-manager",
    "karmada-scheduler",
] as const;

/** Pods of etcd carry this as their label "app". */
const etcdApp = "etcd";
export const backupApp = "karmada-etcd-backup";

export const arrows: readonly Arrow[] = [
    ...["karmada-apiserver", "karmada-aggregated-apiserver", backupApp].map((from) => ({
        from,
        to: etcdApp,
        port: ports.etcdClients,
    })),
    { from: etcdApp, to: etcdApp, port: ports.etcdPeers },
    ...clientsOfApi.map((from) => ({ from, to: "karmada-apiserver", port: ports.apiServer })),
    {
        from: "karmada-apiserver",
        to: "karmada-aggregated-apiserver",
        port: ports.aggregatedApiServer,
    },
    { from: "karmada-apiserver", to: "karmada-webhook", port: ports.webhook },
];

/** These call the API servers of members, wherever those are. */
const outward: readonly string[] = ["karmada-aggregated-apiserver", "karmada-controller-manager"];

type Policy = k8s.types.input.networking.v1.NetworkPolicy & {
    readonly metadata: { readonly name: string; readonly namespace: string };
};

const podsOf = (app: string) => ({ podSelector: { matchLabels: { app } } });
const tcp = (port: number) => [{ port, protocol: "TCP" }];

/** Default deny, name resolution, and exactly the arrows. `issuers`: the API server fetches their keys. */
export function networkPolicies(issuers: boolean): Policy[] {
    const apps = [...new Set(arrows.flatMap(({ from, to }) => [from, to]))].sort();
    const mayLeave = (app: string) =>
        outward.includes(app) ||
        // Snapshots go to a bucket.
        app === backupApp ||
        (issuers && app === "karmada-apiserver");
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
                egress: [
                    {
                        ports: ["UDP", "TCP"].map((protocol) => ({ port: 53, protocol })),
                    },
                ],
            },
        },
        ...apps.map((app) => ({
            metadata: { name: app, namespace: hostNamespace },
            spec: {
                ...podsOf(app),
                policyTypes: ["Ingress", "Egress"],
                ingress: ingressOf(app),
                egress: mayLeave(app)
                    ? [{}]
                    : arrows
                          .filter(({ from }) => from === app)
                          .map(({ to, port }) => ({ to: [podsOf(to)], ports: tcp(port) })),
            },
        })),
    ];
}

function ingressOf(app: string) {
    // Members, people and load balancers come from anywhere; who they are is the API server's to check.
    if (app === "karmada-apiserver") return [{ ports: tcp(ports.apiServer) }];
    return arrows
        .filter(({ to }) => to === app)
        .map(({ from, port }) => ({ from: [podsOf(from)], ports: tcp(port) }));
}
