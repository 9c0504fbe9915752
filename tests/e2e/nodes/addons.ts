import type { KubeObject } from "../../../local/kube";
import { dnsAddress } from "./controlPlane";
import { dnsImageName } from "./images";

const labels = { "k8s-app": "kube-dns" };
const place = { name: "coredns", namespace: "kube-system" };

const corefile = `.:53 {
    errors
    health
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        ttl 5
    }
    cache 5
    loadbalance
}
`;

/** Name resolution inside the cluster; no other name is known there. */
const dns: readonly KubeObject[] = [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: place },
    {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRole",
        metadata: { name: "system:coredns" },
        rules: [
            {
                apiGroups: [""],
                resources: ["endpoints", "services", "pods", "namespaces"],
                verbs: ["list", "watch"],
            },
            {
                apiGroups: ["discovery.k8s.io"],
                resources: ["endpointslices"],
                verbs: ["list", "watch"],
            },
        ],
    },
    {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRoleBinding",
        metadata: { name: "system:coredns" },
        roleRef: {
            apiGroup: "rbac.authorization.k8s.io",
            kind: "ClusterRole",
            name: "system:coredns",
        },
        subjects: [{ kind: "ServiceAccount", ...place }],
    },
    { apiVersion: "v1", kind: "ConfigMap", metadata: place, data: { Corefile: corefile } },
    {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "kube-dns", namespace: "kube-system", labels },
        spec: {
            clusterIP: dnsAddress,
            selector: labels,
            ports: [
                { name: "dns", port: 53, protocol: "UDP" },
                { name: "dns-tcp", port: 53, protocol: "TCP" },
            ],
        },
    },
    {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { ...place, labels },
        spec: {
            // The loss of a node must not take every name away.
            replicas: 2,
            selector: { matchLabels: labels },
            template: {
                metadata: { labels },
                spec: {
                    serviceAccountName: place.name,
                    priorityClassName: "system-cluster-critical",
                    topologySpreadConstraints: [
                        {
                            maxSkew: 1,
                            topologyKey: "kubernetes.io/hostname",
                            whenUnsatisfiable: "DoNotSchedule",
                            labelSelector: { matchLabels: labels },
                        },
                    ],
                    containers: [
                        {
                            name: "coredns",
                            image: dnsImageName,
                            args: ["-conf", "/etc/coredns/Corefile"],
                            readinessProbe: {
                                httpGet: { path: "/ready", port: 8181 },
                                periodSeconds: 1,
                            },
                            volumeMounts: [{ name: "config", mountPath: "/etc/coredns" }],
                        },
                    ],
                    volumes: [{ name: "config", configMap: { name: place.name } }],
                    dnsPolicy: "Default",
                },
            },
        },
    },
];

export const storageClassName = "ebs-sc";

/** Volumes are made beforehand, as nobody here could make one when asked. */
const storageClass: KubeObject = {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: storageClassName },
    provisioner: "kubernetes.io/no-provisioner",
    volumeBindingMode: "WaitForFirstConsumer",
};

export const addons: readonly KubeObject[] = [...dns, storageClass];
