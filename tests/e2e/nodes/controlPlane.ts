import * as path from "node:path";
import { aggregationFlags, apiServerSpec } from "../../../local/federation/apiServer";
import {
    apiServerName,
    etcdName,
    httpsProbe,
    servingFlags,
    type Cluster,
} from "../../../local/federation/cluster";
import { etcdPeerPort, etcdSpec } from "../../../local/federation/etcd";
import { flags } from "../../../local/federation/flags";
import { portOf } from "../../../local/federation/ports";
import type { ProcessSpec } from "../../../local/federation/processes";
import type { Binaries } from "../../../local/toolchain";
import { hostAddress } from "./network";
import type { NodesPki } from "./pki";

export const clusterName = "nodes";
export const serviceRange = "10.96.0.0/16";
export const dnsAddress = "10.96.0.10";

const controllerManagerName = "kube-controller-manager";
const schedulerName = "kube-scheduler";

export const controlPlanePorts = [
    etcdName,
    etcdPeerPort,
    apiServerName(clusterName),
    controllerManagerName,
    schedulerName,
];

export const apiServerUrl = ({ ports }: Pick<Cluster, "ports">) =>
    `https://${hostAddress}:${portOf(ports, apiServerName(clusterName))}`;

/** The control plane runs on the host, beside the nodes' network. */
export function controlPlaneSpecs(
    cluster: Cluster,
    nodesPki: NodesPki,
    binaries: Binaries<"etcd" | "kube-apiserver" | "kube-controller-manager" | "kube-scheduler">,
) {
    const { layout, ports, pki, kubeconfig } = cluster;
    const port = (name: string) => portOf(ports, name);

    const apiServer: ProcessSpec = {
        ...apiServerSpec(
            cluster,
            binaries["kube-apiserver"],
            {
                "bind-address": hostAddress,
                "advertise-address": hostAddress,
                "endpoint-reconciler-type": "lease",
                "authorization-mode": "Node,RBAC",
                "enable-admission-plugins": "NodeRestriction",
                // The host has no way to a service's address, but to the pods behind it.
                "enable-aggregator-routing": true,
                "kubelet-client-certificate": nodesPki.kubeletClient.certificate,
                "kubelet-client-key": nodesPki.kubeletClient.key,
                "kubelet-certificate-authority": pki.caCertificate,
                "kubelet-preferred-address-types": "InternalIP",
                "service-account-issuer": "https://kubernetes.default.svc.cluster.local",
                "service-cluster-ip-range": serviceRange,
                ...aggregationFlags(cluster),
            },
            "/nodes",
        ),
        ready: {
            ...httpsProbe(cluster, port(apiServerName(clusterName)), "/readyz"),
            url: `${apiServerUrl(cluster)}/readyz`,
        },
    };

    const controllerManager: ProcessSpec = {
        name: controllerManagerName,
        command: binaries["kube-controller-manager"],
        args: [
            ...servingFlags(cluster),
            ...flags({
                kubeconfig,
                "bind-address": "127.0.0.1",
                "secure-port": port(controllerManagerName),
                "leader-elect": false,
                "cluster-name": clusterName,
                "cluster-signing-cert-file": pki.caCertificate,
                "cluster-signing-key-file": pki.caKey,
                "root-ca-file": pki.caCertificate,
                "service-account-private-key-file": pki.serviceAccountKey,
                "use-service-account-credentials": true,
                "service-cluster-ip-range": serviceRange,
                // It would be made in the host's /usr otherwise.
                "flex-volume-plugin-dir": path.join(layout.root, "volume-plugins"),
            }),
        ],
        ports: [port(controllerManagerName)],
        ready: httpsProbe(cluster, port(controllerManagerName), "/healthz"),
    };

    const scheduler: ProcessSpec = {
        name: schedulerName,
        command: binaries["kube-scheduler"],
        args: [
            ...servingFlags(cluster),
            ...flags({
                kubeconfig,
                "bind-address": "127.0.0.1",
                "secure-port": port(schedulerName),
                "leader-elect": false,
            }),
        ],
        ports: [port(schedulerName)],
        ready: httpsProbe(cluster, port(schedulerName), "/healthz"),
    };

    return {
        etcd: etcdSpec(layout, ports, binaries.etcd),
        apiServer,
        controllerManager,
        scheduler,
    };
}
