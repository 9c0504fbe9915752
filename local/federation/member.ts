import * as path from "node:path";
import { apiServerSpec } from "./apiServer";
import { httpProbe, httpsProbe, servingFlags, type Cluster } from "./cluster";
import { flags } from "./flags";
import type { FederationBinaries } from "./options";
import { portOf } from "./ports";
import type { ProcessSpec } from "./processes";

const kubeControllerManagerName = (member: string) => `${member}.kube-controller-manager`;
const schedulerName = (member: string) => `${member}.kube-scheduler`;
const kwokName = (member: string) => `${member}.kwok`;
export const agentName = (member: string) => `${member}.karmada-agent`;

/** Names of a member's processes beside its API server; the agent's runs only when asked for. */
export const memberNames = (member: string) => [
    kubeControllerManagerName(member),
    schedulerName(member),
    kwokName(member),
    agentName(member),
];

const serviceRange = "10.96.0.0/16";

/** The controllers behind ordinary workloads; nodes never fail here, so nodelifecycle is left out. */
const controllers = [
    "deployment",
    "replicaset",
    "statefulset",
    "daemonset",
    "job",
    "cronjob",
    "serviceaccount",
    "serviceaccount-token",
    "namespace",
    "garbagecollector",
    "podgc",
    "endpointslice",
];

/** How nodes and pods behave that nothing stands behind. */
const stages = [
    "node/fast/node-initialize.yaml",
    "node/heartbeat-with-lease/node-heartbeat-with-lease.yaml",
    "pod/fast/pod-ready.yaml",
    "pod/fast/pod-complete.yaml",
    "pod/fast/pod-delete.yaml",
];

/** The processes of a member: a real cluster but for its nodes, which kwok pretends. */
export function memberSpecs(cluster: Cluster, binaries: FederationBinaries, kwokStages: string) {
    const { pki, kubeconfig, name } = cluster;
    const port = (process: string) => portOf(cluster.ports, process);

    const apiServer = apiServerSpec(
        cluster,
        binaries["kube-apiserver"],
        {
            "authorization-mode": "RBAC",
            // Without nodelifecycle nobody would take the taint from new nodes again.
            "disable-admission-plugins": "ServiceAccount,TaintNodesByCondition",
            "service-account-issuer": `https://${name}`,
            "service-cluster-ip-range": serviceRange,
        },
        `/members/${name}`,
    );

    const kubeControllerManager: ProcessSpec = {
        name: kubeControllerManagerName(name),
        command: binaries["kube-controller-manager"],
        args: [
            ...servingFlags(cluster),
            ...flags({
                kubeconfig,
                "bind-address": "127.0.0.1",
                "secure-port": port(kubeControllerManagerName(name)),
                "leader-elect": false,
                "cluster-name": name,
                "root-ca-file": pki.caCertificate,
                "service-account-private-key-file": pki.serviceAccountKey,
                controllers: controllers.join(),
            }),
        ],
        ports: [port(kubeControllerManagerName(name))],
        ready: httpsProbe(cluster, port(kubeControllerManagerName(name)), "/healthz"),
    };

    const scheduler: ProcessSpec = {
        name: schedulerName(name),
        command: binaries["kube-scheduler"],
        args: [
            ...servingFlags(cluster),
            ...flags({
                kubeconfig,
                "bind-address": "127.0.0.1",
                "secure-port": port(schedulerName(name)),
                "leader-elect": false,
            }),
        ],
        ports: [port(schedulerName(name))],
        ready: httpsProbe(cluster, port(schedulerName(name)), "/healthz"),
    };

    const kwok: ProcessSpec = {
        name: kwokName(name),
        command: binaries.kwok,
        args: [
            ...flags({
                kubeconfig,
                "manage-all-nodes": true,
                "node-ip": "10.0.0.1",
                cidr: "10.1.0.0/16",
                "node-lease-duration-seconds": 0,
                "server-address": `127.0.0.1:${port(kwokName(name))}`,
            }),
            ...stages.map((stage) => `--config=${path.join(kwokStages, stage)}`),
        ],
        ports: [port(kwokName(name))],
        ready: httpProbe(port(kwokName(name)), "/healthz"),
    };

    return { apiServer, kubeControllerManager, scheduler, kwok };
}

export type MemberSpecs = ReturnType<typeof memberSpecs>;
