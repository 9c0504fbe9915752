import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { restrictedContainer, restrictedPod, secretFolder } from "../../support/restricted";
import { bytesOf, etcd, type EtcdFacts, initialCluster, mostInZone, ZoneSpread } from "./etcdPlan";

export const etcdSecrets = { server: "etcd-server-cert", peer: "etcd-peer-cert" } as const;

/** Missing until the members have found each other: then etcd takes itself for a new cluster. */
export const bootstrapState = { configMap: "etcd-initial-cluster", key: "state" } as const;

/** A folder below the volume's own: some file systems keep files of theirs at the top. */
export const volumeMount = "/var/lib/etcd";
export const dataFolder = `${volumeMount}/data`;

const certificates = "/etc/etcd";
export const peerCertificates = `${certificates}/peer`;
const self = "$(POD_NAME)";

export interface EtcdPodFacts extends EtcdFacts {
    readonly namespace: string;
    readonly image: pulumi.Input<string>;
    readonly priorityClassName: string;
    /** @default "4Gi" */
    readonly memoryLimit?: string;
}

export function etcdFlags({ members, namespace, quota }: EtcdPodFacts): string[] {
    const own = `${self}.${etcd.name}.${namespace}.svc`;
    const flags = {
        name: self,
        "data-dir": dataFolder,
        "listen-client-urls": `https://0.0.0.0:${etcd.clientPort}`,
        "advertise-client-urls": `https://${own}:${etcd.clientPort}`,
        "listen-peer-urls": `https://0.0.0.0:${etcd.peerPort}`,
        "initial-advertise-peer-urls": `https://${own}:${etcd.peerPort}`,
        "listen-metrics-urls": `http://0.0.0.0:${etcd.metricsPort}`,
        // Not the state: as a flag it would be fixed, and changing it would restart every member.
        "initial-cluster": initialCluster(members, namespace),
        "initial-cluster-token": etcd.clusterToken,
        "cert-file": `${certificates}/server/tls.crt`,
        "key-file": `${certificates}/server/tls.key`,
        "trusted-ca-file": `${certificates}/server/ca.crt`,
        "client-cert-auth": true,
        "peer-cert-file": `${peerCertificates}/tls.crt`,
        "peer-key-file": `${peerCertificates}/tls.key`,
        "peer-trusted-ca-file": `${peerCertificates}/ca.crt`,
        "peer-client-cert-auth": true,
        "peer-cert-allowed-cn": etcd.peerCommonName,
        "tls-min-version": "TLS1.3",
        // Nobody speaks JSON to it, and it would call etcd with a certificate that is for servers.
        "enable-grpc-gateway": false,
        "quota-backend-bytes": bytesOf(quota)!,
        // The API servers compact every five minutes; this is for when none of them runs.
        "auto-compaction-mode": "periodic",
        "auto-compaction-retention": "1h",
    };
    return Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
}

export function etcdPod(facts: EtcdPodFacts): k8s.types.input.core.v1.PodSpec {
    const health = (path: string) => ({
        httpGet: { path, port: "metrics", scheme: "HTTP" },
        // A slow disk makes a member slow, not dead.
        timeoutSeconds: 15,
    });
    return {
        ...restrictedPod,
        ...placement(facts),
        priorityClassName: facts.priorityClassName,
        terminationGracePeriodSeconds: 30,
        containers: [
            {
                ...restrictedContainer,
                name: etcd.name,
                image: facts.image,
                command: ["/usr/local/bin/etcd"],
                args: etcdFlags(facts),
                env: [
                    { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
                    {
                        name: "ETCD_INITIAL_CLUSTER_STATE",
                        valueFrom: {
                            configMapKeyRef: {
                                name: bootstrapState.configMap,
                                key: bootstrapState.key,
                                optional: true,
                            },
                        },
                    },
                ],
                ports: [
                    { name: "client", containerPort: etcd.clientPort },
                    { name: "peer", containerPort: etcd.peerPort },
                    { name: "metrics", containerPort: etcd.metricsPort },
                ],
                // Ten minutes to read a large log from a slow disk.
                startupProbe: { ...health("/livez"), periodSeconds: 1, failureThreshold: 600 },
                livenessProbe: { ...health("/livez"), periodSeconds: 10, failureThreshold: 8 },
                // Not ready without a majority: restarting would not bring the others back.
                readinessProbe: { ...health("/readyz"), periodSeconds: 5, failureThreshold: 3 },
                resources: {
                    requests: { cpu: "200m", memory: "512Mi" },
                    limits: { memory: facts.memoryLimit ?? "4Gi" },
                },
                volumeMounts: [
                    { name: "data", mountPath: volumeMount },
                    { name: "server", mountPath: `${certificates}/server`, readOnly: true },
                    { name: "peer", mountPath: peerCertificates, readOnly: true },
                ],
            },
        ],
        volumes: [
            secretFolder("server", etcdSecrets.server),
            secretFolder("peer", etcdSecrets.peer),
        ],
    };
}

function placement({ members, zoneSpread = ZoneSpread.Required }: EtcdPodFacts) {
    const labelSelector = { matchLabels: { app: etcd.name } };
    const spread = { topologyKey: "topology.kubernetes.io/zone", labelSelector };
    const evenly = { ...spread, maxSkew: 1, whenUnsatisfiable: "ScheduleAnyway" };
    const maxSkew = mostInZone(members);
    const required = {
        ...spread,
        maxSkew,
        whenUnsatisfiable: "DoNotSchedule",
        // The volume binds a member to its first zone for good: a zone whose nodes come late is waited for.
        minDomains: 3,
    };
    return {
        affinity: {
            podAntiAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: [
                    { labelSelector, topologyKey: "kubernetes.io/hostname" },
                ],
            },
        },
        // A single member has nothing to keep apart from, and may be where nodes say no zone.
        topologySpreadConstraints:
            members === 1
                ? []
                : [
                      ...(zoneSpread === ZoneSpread.Required ? [required] : []),
                      ...(zoneSpread === ZoneSpread.Preferred || maxSkew > 1 ? [evenly] : []),
                  ],
    };
}
