import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { restrictedContainer, restrictedPod, secretFolder } from "../support/restricted";
import { hostNamespace } from "./layout";
import { mountRoot, type Part, type Probe } from "./part";

/** Before other workloads of the parent, after what its nodes need to be nodes. */
export const priorityClass = "system-cluster-critical";

/** Well below the default of five minutes: so long nobody would stand in for a lost node's pods. */
const secondsOnDeadNode = 30;

const zone = "topology.kubernetes.io/zone";
const host = "kubernetes.io/hostname";

export interface Rendering {
    readonly image: string;
    /** Changes when something the part reads only at its start has changed. */
    readonly checksum: pulumi.Input<string>;
}

type AnyPart = Part<string>;

export const selectorOf = ({ name, selector }: Pick<AnyPart, "name" | "selector">) =>
    selector ?? { app: name };
const labelsOf = (part: AnyPart) => ({
    ...selectorOf(part),
    "app.kubernetes.io/name": part.name,
    "app.kubernetes.io/part-of": "karmada",
});
const metadataOf = (part: AnyPart) => ({
    name: part.name,
    namespace: hostNamespace,
    labels: labelsOf(part),
});

export function renderDeployment(
    part: AnyPart,
    { image, checksum }: Rendering,
): k8s.types.input.apps.v1.Deployment {
    return {
        metadata: metadataOf(part),
        spec: {
            replicas: part.replicas,
            // As many replicas as nodes, one on each: a new pod has room only where an old one left.
            strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
            selector: { matchLabels: selectorOf(part) },
            template: {
                metadata: {
                    labels: labelsOf(part),
                    annotations: { "checksum/read-at-start": checksum },
                },
                spec: { ...placement(part), ...pod(part, image) },
            },
        },
    };
}

function placement(part: AnyPart) {
    const labelSelector = { matchLabels: selectorOf(part) };
    const leave = {
        operator: "Exists",
        effect: "NoExecute",
        tolerationSeconds: secondsOnDeadNode,
    };
    return {
        priorityClassName: priorityClass,
        affinity: {
            podAntiAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: [
                    { labelSelector, topologyKey: host },
                ],
            },
        },
        topologySpreadConstraints: [
            {
                maxSkew: 1,
                topologyKey: zone,
                // Not a must: after the loss of a zone the others take its pods over.
                whenUnsatisfiable: "ScheduleAnyway",
                labelSelector,
            },
        ],
        tolerations: [
            { key: "node.kubernetes.io/not-ready", ...leave },
            { key: "node.kubernetes.io/unreachable", ...leave },
        ],
    };
}

function pod(part: AnyPart, image: string): k8s.types.input.core.v1.PodSpec {
    const folders = [...Object.keys(part.secrets), ...Object.keys(part.configMaps ?? {})];
    return {
        ...restrictedPod,
        terminationGracePeriodSeconds: part.gracePeriodSeconds,
        containers: [
            {
                ...restrictedContainer,
                name: part.name,
                image,
                command: [part.command],
                args: Object.entries(part.flags).map(([flag, value]) => `--${flag}=${value}`),
                ports: Object.entries(part.ports).map(([name, containerPort]) => ({
                    name,
                    containerPort,
                })),
                startupProbe: renderProbe({ ...part.livenessProbe, ...start }),
                livenessProbe: renderProbe(part.livenessProbe),
                readinessProbe: renderProbe(part.readinessProbe),
                ...(part.lingerSeconds === undefined ? {} : lingering(part.lingerSeconds)),
                resources: { requests: part.requests, limits: { memory: part.memoryLimit } },
                volumeMounts: folders.map((name) => ({
                    name,
                    // The folder, never a single file: only folders follow a renewed Secret.
                    mountPath: `${mountRoot}/${name}`,
                    readOnly: true,
                })),
            },
        ],
        volumes: [
            ...Object.entries(part.secrets).map(([name, secret]) => secretFolder(name, secret)),
            ...Object.entries(part.configMaps ?? {}).map(([name, configMap]) => ({
                name,
                configMap: { name: configMap, defaultMode: 0o440 },
            })),
        ],
    };
}

/** By the kubelet: there is no shell in most of the images. */
const lingering = (seconds: number) => ({ lifecycle: { preStop: { sleep: { seconds } } } });

/** Asked often, because others wait for it; dead after two minutes, because etcd may be slow. */
const start = { periodSeconds: 1, failureThreshold: 120 };

const renderProbe = ({ path, port, scheme, ...timing }: Probe) => ({
    httpGet: { path, port, scheme },
    ...timing,
});

export const renderDisruptionBudget = (
    part: AnyPart,
): k8s.types.input.policy.v1.PodDisruptionBudget => ({
    metadata: metadataOf(part),
    spec: {
        maxUnavailable: 1,
        selector: { matchLabels: selectorOf(part) },
        // A pod that is not ready anyway must not keep a node from being drained.
        unhealthyPodEvictionPolicy: "AlwaysAllow",
    },
});

export const renderService = (part: AnyPart, port: string): k8s.types.input.core.v1.Service => ({
    metadata: metadataOf(part),
    spec: {
        type: "ClusterIP",
        selector: selectorOf(part),
        ports: [{ name: port, port: part.ports[port]!, targetPort: port }],
    },
});
