import type { Writable } from "./judge";

/** An etcd as this library runs it, as far as rules look at it. */
export const etcdSet = () => ({
    type: "kubernetes:apps/v1:StatefulSet",
    props: {
        metadata: { name: "etcd", namespace: "karmada-system" },
        spec: {
            replicas: 3,
            template: {
                spec: {
                    affinity: {
                        podAntiAffinity: {
                            requiredDuringSchedulingIgnoredDuringExecution: [
                                { topologyKey: "kubernetes.io/hostname" },
                            ],
                        },
                    },
                    topologySpreadConstraints: [
                        {
                            maxSkew: 1,
                            topologyKey: "topology.kubernetes.io/zone",
                            whenUnsatisfiable: "DoNotSchedule",
                        },
                    ],
                    containers: [
                        {
                            name: "etcd",
                            image: "registry.k8s.io/etcd:3.6.8-0",
                            command: ["/usr/local/bin/etcd"],
                            args: [
                                "--quota-backend-bytes=2147483648",
                                "--auto-compaction-retention=1h",
                                "--cert-file=/etc/etcd/server/tls.crt",
                                "--client-cert-auth=true",
                                "--peer-cert-file=/etc/etcd/peer/tls.crt",
                                "--peer-trusted-ca-file=/etc/etcd/peer/ca.crt",
                                "--peer-client-cert-auth=true",
                            ],
                        },
                    ],
                    volumes: [] as Writable[],
                },
            },
            volumeClaimTemplates: [{ metadata: { name: "data" } }],
        },
    },
});

/** A release of Karmada's chart. */
export const chart = (values: Writable) => ({
    type: "kubernetes:helm.sh/v3:Release",
    props: { chart: "karmada", version: "1.18.1", values },
});

/** The object by which Karmada's operator installs it. */
export const operatorObject = (components: Writable) => ({
    type: "kubernetes:operator.karmada.io/v1alpha1:Karmada",
    props: { spec: { components } as Writable },
});

export const command = (create: string) => ({
    type: "command:local:Command",
    props: { create },
});
