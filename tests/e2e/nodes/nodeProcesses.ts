import { mkdirSync } from "node:fs";
import * as path from "node:path";
import { stringify } from "yaml";
import { writePrivate } from "../../../local/federation/files";
import { flags } from "../../../local/federation/flags";
import type { ProcessSpec } from "../../../local/federation/processes";
import { procsFile } from "./cgroups";
import { dnsAddress } from "./controlPlane";
import { pauseImage } from "./images";
import { gatewayAddress, inNamespace, network } from "./network";
import { proxyGroup, region, type NodeSite } from "./nodes";
import type { NodesPki } from "./pki";

export const containerdName = (node: string) => `${node}.containerd`;
export const kubeletName = (node: string) => `${node}.kubelet`;

/** In a group of control, so that all that it starts is found again. */
const grouped = (group: string, command: readonly string[]) => ({
    command: "/bin/sh",
    args: ["-c", 'echo $$ > "$0" && exec "$@"', procsFile(group), ...command],
});

/**
 * In the nodes' network, with mounts and a /run of its own, as a machine would have: what is put there
 * is seen by no other and gone with the last process.
 */
const onOwnMounts = (mounts: readonly string[], ...command: string[]) => {
    const script = ["mount -t tmpfs -o mode=755 tmpfs /run", ...mounts, 'exec "$@"'].join(" && ");
    const unshare = ["unshare", "--mount", "--propagation", "private"];
    return inNamespace(...unshare, "sh", "-c", script, "sh", ...command);
};

/** Sends what is written to a folder of the host to another place. */
function ownFolder(folder: string, place: string): string {
    const [upper, work] = ["changes", "work"].map((name) => path.join(place, name));
    for (const each of [upper, work]) mkdirSync(each!, { recursive: true });
    const layers = `lowerdir=${folder},upperdir=${upper},workdir=${work}`;
    return `mount -t overlay -o ${layers} overlay ${folder}`;
}

/** The container runtime of a node. */
export function containerdSpec(site: NodeSite): ProcessSpec {
    const { name, address, folder, systemGroup } = site;
    const at = (file: string) => path.join(folder, file);
    const metrics = `${address}:1338`;
    const configuration = `version = 2
root = "${at("containerd")}"
state = "/run/containerd"
[grpc]
  address = "/run/containerd/containerd.sock"
[metrics]
  address = "${metrics}"
[plugins."io.containerd.internal.v1.opt"]
  path = "${at("opt")}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${pauseImage}"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${at("cni")}"
`;
    writePrivate(at("containerd.toml"), configuration);
    writePrivate(at("cni/10-pods.conflist"), JSON.stringify(podNetwork(site)));
    const ownFolders = ["lib", "log"].map((name) => ownFolder(`/var/${name}`, at(name)));
    return {
        name: containerdName(name),
        ...grouped(
            systemGroup,
            onOwnMounts(ownFolders, "/usr/bin/containerd", "--config", at("containerd.toml")),
        ),
        inputs: configuration,
        ports: [],
        ready: { url: `http://${metrics}/v1/metrics` },
    };
}

const podNetwork = ({ pods }: NodeSite) => ({
    cniVersion: "0.4.0",
    name: "pods",
    plugins: [
        {
            type: "ptp",
            ipMasq: false,
            ipam: {
                type: "host-local",
                dataDir: "/run/pod-addresses",
                ranges: [[{ subnet: pods.range, gateway: pods.gateway }]],
                routes: [{ dst: "0.0.0.0/0" }],
            },
        },
    ],
});

/** A node's kubelet, in the mounts of its running container runtime. */
export function kubeletSpec(
    site: NodeSite,
    containerdPid: number,
    pki: NodesPki["kubelets"][string],
    clientCa: string,
    binary: string,
): ProcessSpec {
    const { name, address, zone, folder, podGroup, systemGroup } = site;
    const at = (file: string) => path.join(folder, file);
    const healthPort = 10248;
    const configuration = stringify({
        apiVersion: "kubelet.config.k8s.io/v1beta1",
        kind: "KubeletConfiguration",
        address,
        healthzBindAddress: address,
        healthzPort: healthPort,
        authentication: { x509: { clientCAFile: clientCa }, anonymous: { enabled: false } },
        authorization: { mode: "Webhook" },
        tlsCertFile: pki.serving.certificate,
        tlsPrivateKeyFile: pki.serving.key,
        containerRuntimeEndpoint: "unix:///run/containerd/containerd.sock",
        cgroupDriver: "cgroupfs",
        cgroupRoot: `/${podGroup}`,
        failCgroupV1: false,
        failSwapOn: false,
        enforceNodeAllocatable: [],
        localStorageCapacityIsolation: false,
        podLogsDir: at("pod-logs"),
        volumePluginDir: at("volume-plugins"),
        resolvConf: at("resolv.conf"),
        clusterDNS: [dnsAddress],
        clusterDomain: "cluster.local",
        maxPods: 100,
        // The disk is the host's: that others fill it is no reason to evict a pod or drop an image.
        evictionHard: { "memory.available": "100Mi" },
        imageGCHighThresholdPercent: 100,
        imageGCLowThresholdPercent: 99,
        makeIPTablesUtilChains: false,
    });
    mkdirSync(at("pod-logs"), { recursive: true });
    writePrivate(at("kubelet.yaml"), configuration);
    writePrivate(at("resolv.conf"), "");
    const labels = {
        "topology.kubernetes.io/region": region,
        "topology.kubernetes.io/zone": zone,
    };
    return {
        name: kubeletName(name),
        ...grouped(systemGroup, [
            ...inMountsOf(containerdPid, binary),
            ...flags({
                config: at("kubelet.yaml"),
                kubeconfig: pki.kubeconfig,
                "root-dir": at("kubelet"),
                "cert-dir": at("kubelet-certificates"),
                "hostname-override": name,
                "node-ip": address,
                "node-labels": Object.entries(labels)
                    .map((label) => label.join("="))
                    .join(),
            }),
        ]),
        inputs: configuration,
        ports: [],
        ready: { url: `http://${address}:${healthPort}/healthz` },
    };
}

export const inMountsOf = (pid: number, ...command: string[]): string[] => [
    ...inNamespace(`--target=${pid}`, "--mount"),
    ...command,
];

/** One for all nodes: they share the kernel, and so its tables. */
export function kubeProxySpec(pki: NodesPki, binary: string): ProcessSpec {
    const healthz = `${gatewayAddress}:10256`;
    return {
        name: "kube-proxy",
        ...grouped(
            proxyGroup,
            onOwnMounts(
                [],
                binary,
                ...flags({
                    kubeconfig: pki.proxyKubeconfig,
                    "hostname-override": "node-1",
                    "proxy-mode": "iptables",
                    "cluster-cidr": network,
                    "healthz-bind-address": healthz,
                    "metrics-bind-address": `${gatewayAddress}:10249`,
                    // These limits are the whole host's.
                    "conntrack-max-per-core": 0,
                    "conntrack-tcp-timeout-established": 0,
                    "conntrack-tcp-timeout-close-wait": 0,
                    "iptables-min-sync-period": "200ms",
                }),
            ),
        ),
        ports: [],
        ready: { url: `http://${healthz}/livez` },
    };
}
