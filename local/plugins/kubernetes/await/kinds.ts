import { isDeepStrictEqual } from "node:util";
import { KubeObject } from "../../../kube";
import { endpointSlices, ingress, service } from "./network";
import { pod } from "./pods";
import { Awaiting, ready, Readiness, statusOf, waiting } from "./readiness";
import { storageClass, volume, volumeClaim } from "./storage";
import { daemonSet, deployment, job, replicationController, statefulSet } from "./workloads";

/** The kinds that are not ready as soon as they are there: those the official provider waits for, and no others. */
const kinds: Readonly<Record<string, Awaiting>> = {
    "apps/v1/DaemonSet": { check: daemonSet, onRefresh: true },
    "apps/v1/Deployment": { check: deployment, onRefresh: true },
    "apps/v1/StatefulSet": { check: statefulSet, onRefresh: true },
    "batch/v1/Job": { check: job, onRefresh: true },
    "networking.k8s.io/v1/Ingress": { check: ingress, onRefresh: true },
    "v1/Pod": { check: pod, onRefresh: true },
    "v1/Service": { check: service, beside: endpointSlices, onRefresh: true },
    "v1/PersistentVolume": { check: volume, onRefresh: false },
    "v1/PersistentVolumeClaim": { check: volumeClaim, beside: storageClass, onRefresh: false },
    "v1/ReplicationController": { check: replicationController, onRefresh: false },
    "v1/ResourceQuota": { check: quota, onRefresh: false },
    "v1/Secret": { check: tokenSecret, onRefresh: false },
};

export function awaitingOf(apiVersion: string, kind: string): Awaiting | undefined {
    return kinds[`${apiVersion}/${kind}`];
}

function quota(object: KubeObject): Readiness {
    const { hard } = statusOf<{ hard: object }>(object);
    const wanted = (object.spec as { hard?: object } | undefined)?.hard ?? {};
    return isDeepStrictEqual(hard ?? {}, wanted) ? ready : waiting("it is not in force yet");
}

function tokenSecret(object: KubeObject): Readiness {
    const filled = Object.keys((object.data ?? {}) as object).length > 0;
    return object.type !== "kubernetes.io/service-account-token" || filled
        ? ready
        : waiting("its token is not there yet");
}
