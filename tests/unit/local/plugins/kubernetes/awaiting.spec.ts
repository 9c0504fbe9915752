import * as assert from "node:assert/strict";
import { KubeObject } from "../../../../../local/kube";
import { awaitingOf } from "../../../../../local/plugins/kubernetes/await/kinds";

type State = "ready" | "failed" | RegExp;

interface Case {
    readonly is: State;
    readonly when: string;
    readonly spec?: object;
    readonly status?: object;
    readonly fields?: object;
    readonly beside?: readonly object[];
}

const condition = (type: string, status: string, reason = "Because", message = "it is so") => ({
    conditions: [{ type, status, reason, message }],
});
const seen = { observedGeneration: 2 };
const waitsToBeSeen = { is: /not observed/, when: "its controller has not seen it" } as const;
const container = (state: object, more: object = {}) => ({
    containerStatuses: [{ name: "main", ready: false, state, ...more }],
});
const slice = (...states: boolean[]) => ({
    endpoints: states.map((ready) => ({ conditions: { ready } })),
});
const rolled = { currentRevision: "a", updateRevision: "a" };
const rolling = {
    ...seen,
    replicas: 3,
    readyReplicas: 3,
    currentRevision: "a",
    updateRevision: "b",
};
const everyPod = {
    ...seen,
    desiredNumberScheduled: 2,
    currentNumberScheduled: 2,
    updatedNumberScheduled: 2,
    numberAvailable: 2,
    numberReady: 2,
};
const selector = { app: "a" };

const cases: Readonly<Record<string, readonly Case[]>> = {
    "apps/v1/Deployment": [
        waitsToBeSeen,
        { is: /not observed/, when: "its status is older", status: { observedGeneration: 1 } },
        { is: "ready", when: "none are wanted", spec: { replicas: 0 }, status: seen },
        { is: "ready", when: "it is paused", spec: { paused: true } },
        { is: /0 of 1 replicas are updated/, when: "no pod is new", status: seen },
        {
            is: /1 old replicas/,
            when: "an old pod is left",
            status: { ...seen, updatedReplicas: 1, replicas: 2 },
        },
        {
            is: /1 of 2 replicas are available/,
            when: "a pod is not available",
            spec: { replicas: 2 },
            status: { ...seen, updatedReplicas: 2, replicas: 2, availableReplicas: 1 },
        },
        {
            is: "ready",
            when: "all are new and available",
            status: { ...seen, updatedReplicas: 1, replicas: 1, availableReplicas: 1 },
        },
        {
            is: "failed",
            when: "its rollout is stuck",
            status: { ...seen, ...condition("Progressing", "False", "ProgressDeadlineExceeded") },
        },
    ],
    "apps/v1/StatefulSet": [
        waitsToBeSeen,
        { is: /0 of 1 replicas are there/, when: "no pod is there", status: { ...seen } },
        {
            is: /1 of 2 replicas are ready/,
            when: "a pod is not ready",
            spec: { replicas: 2 },
            status: { ...seen, ...rolled, replicas: 2, readyReplicas: 1 },
        },
        {
            is: "ready",
            when: "all are ready and of one revision",
            status: { ...seen, ...rolled, replicas: 1, readyReplicas: 1 },
        },
        {
            is: /2 of 3 replicas are updated/,
            when: "pods of the old revision are left",
            spec: { replicas: 3 },
            status: { ...rolling, updatedReplicas: 2 },
        },
        {
            is: "ready",
            when: "all pods beyond the partition are updated",
            spec: { replicas: 3, updateStrategy: { rollingUpdate: { partition: 1 } } },
            status: { ...rolling, updatedReplicas: 2 },
        },
        {
            is: "ready",
            when: "only the user moves pods to the new revision",
            spec: { replicas: 3, updateStrategy: { type: "OnDelete" } },
            status: rolling,
        },
    ],
    "apps/v1/DaemonSet": [
        waitsToBeSeen,
        { is: "ready", when: "every node has its pod", status: everyPod },
        {
            is: "ready",
            when: "there is no node for it",
            status: { ...seen, desiredNumberScheduled: 0 },
        },
        ...["currentNumberScheduled", "updatedNumberScheduled", "numberAvailable"].map((field) => ({
            is: /1 of 2 pods are/,
            when: `${field} is too low`,
            status: { ...everyPod, [field]: 1 },
        })),
    ],
    "v1/ReplicationController": [
        { is: /0 of 1 replicas/, when: "no pod is available" },
        { is: "ready", when: "all are available", status: { availableReplicas: 1 } },
    ],
    "batch/v1/Job": [
        { is: "ready", when: "it is complete", status: condition("Complete", "True") },
        { is: "ready", when: "it is suspended", spec: { suspend: true } },
        { is: "failed", when: "it has failed", status: condition("Failed", "True") },
        { is: /0 of 1 have/, when: "it has not failed yet", status: condition("Failed", "False") },
        {
            is: /1 pods are running, 0 of 3 have succeeded, 2 have failed/,
            when: "it runs",
            spec: { completions: 3 },
            status: { active: 1, failed: 2 },
        },
    ],
    "v1/Pod": [
        { is: "ready", when: "it is ready", status: condition("Ready", "True") },
        { is: "ready", when: "it has done its work", status: { phase: "Succeeded" } },
        { is: /phase Pending/, when: "it says nothing", status: { phase: "Pending" } },
        {
            is: /^Unschedulable: no room$/,
            when: "there is no node for it",
            status: condition("PodScheduled", "False", "Unschedulable", "no room"),
        },
        {
            is: /^container main: ImagePullBackOff: no such image$/,
            when: "its image is not there",
            status: container({
                waiting: { reason: "ImagePullBackOff", message: "no such image" },
            }),
        },
        {
            is: /CrashLoopBackOff; its last run ended with exit code 3 \(Error: no database\)$/,
            when: "its container ends again and again",
            status: container(
                { waiting: { reason: "CrashLoopBackOff" } },
                {
                    lastState: {
                        terminated: { exitCode: 3, reason: "Error", message: "no database" },
                    },
                },
            ),
        },
        {
            is: /^it is not ready/,
            when: "its container is just being made",
            status: container({ waiting: { reason: "ContainerCreating" } }),
        },
        {
            is: "failed",
            when: "its only run has failed",
            status: {
                phase: "Failed",
                ...container({ terminated: { exitCode: 1, reason: "Error" } }),
            },
        },
    ],
    "v1/Service": [
        { is: /endpoints are not there/, when: "nobody has seen it", spec: { selector } },
        { is: "ready", when: "no pod matches", spec: { selector }, beside: [slice()] },
        { is: "ready", when: "its pods are ready", spec: { selector }, beside: [slice(true)] },
        {
            is: /1 of 2 pods are ready/,
            when: "one of its pods is not ready",
            spec: { selector },
            beside: [slice(true), slice(false)],
        },
        { is: "ready", when: "it selects nothing" },
        { is: "ready", when: "it is headless", spec: { selector, clusterIP: "None" } },
        { is: "ready", when: "it is a name only", spec: { selector, type: "ExternalName" } },
        { is: /load balancer/, when: "it has no address", spec: { type: "LoadBalancer" } },
        {
            is: "ready",
            when: "its load balancer has an address",
            spec: { type: "LoadBalancer" },
            status: { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } },
        },
    ],
    "networking.k8s.io/v1/Ingress": [
        { is: /no address yet/, when: "no controller has taken it" },
        {
            is: "ready",
            when: "it has an address",
            status: { loadBalancer: { ingress: [{ hostname: "example.com" }] } },
        },
    ],
    "v1/PersistentVolumeClaim": [
        { is: "ready", when: "it is bound", status: { phase: "Bound" } },
        { is: /phase Pending/, when: "it is not bound", status: { phase: "Pending" } },
        {
            is: /phase Pending/,
            when: "its class binds at once",
            status: { phase: "Pending" },
            beside: [{ volumeBindingMode: "Immediate" }],
        },
        {
            is: "ready",
            when: "its class waits for the first pod",
            status: { phase: "Pending" },
            beside: [{ volumeBindingMode: "WaitForFirstConsumer" }],
        },
    ],
    "v1/PersistentVolume": [
        { is: "ready", when: "it is available", status: { phase: "Available" } },
        { is: /phase Pending/, when: "it is not yet", status: { phase: "Pending" } },
    ],
    "v1/ResourceQuota": [
        { is: /not in force/, when: "its status is empty", spec: { hard: { pods: "1" } } },
        {
            is: "ready",
            when: "its status has its limits",
            spec: { hard: { pods: "1" } },
            status: { hard: { pods: "1" } },
        },
    ],
    "v1/Secret": [
        {
            is: /token is not there/,
            when: "it is to hold a token",
            fields: { type: "kubernetes.io/service-account-token" },
        },
        {
            is: "ready",
            when: "it holds its token",
            fields: { type: "kubernetes.io/service-account-token", data: { token: "x" } },
        },
        { is: "ready", when: "it is any other", fields: { type: "Opaque" } },
    ],
};

describe("waiting for an object", () => {
    for (const [key, all] of Object.entries(cases)) {
        const [, apiVersion = "", kind = ""] = /^(.*)\/([^/]*)$/.exec(key) ?? [];
        for (const { is, when, spec = {}, status = {}, fields = {}, beside = [] } of all) {
            const word = is instanceof RegExp ? "not ready" : is === "ready" ? "ready" : "lost";
            it(`a ${kind} is ${word} when ${when}`, () => {
                const object: KubeObject = {
                    apiVersion,
                    kind,
                    metadata: { name: "it", namespace: "default", generation: 2 },
                    spec,
                    status,
                    ...fields,
                };
                const answer = awaitingOf(apiVersion, kind)!.check(object, beside as KubeObject[]);
                if (is instanceof RegExp) {
                    assert.equal(answer.state, "waiting");
                    assert.match("reason" in answer ? answer.reason : "", is);
                } else {
                    assert.equal(answer.state, is);
                }
            });
        }
    }

    for (const [apiVersion, kind] of [
        ["v1", "ConfigMap"],
        ["apps/v1", "ReplicaSet"],
        ["autoscaling/v2", "HorizontalPodAutoscaler"],
        ["example.com/v1", "Deployment"],
    ] as const) {
        it(`a ${kind} of ${apiVersion} is ready as soon as it is there`, () => {
            assert.equal(awaitingOf(apiVersion, kind), undefined);
        });
    }
});
