import type { V1DeploymentSpec, V1JobSpec, V1StatefulSetSpec } from "@kubernetes/client-node";
import { KubeObject } from "../../../kube";
import { conditionOf, failed, isObserved, ready, Readiness, statusOf, waiting } from "./readiness";

const unobserved = waiting("the last change is not observed yet");

function hasStatus(object: KubeObject): boolean {
    return statusOf(object).observedGeneration !== undefined && isObserved(object);
}

type Goal = readonly [have: number | undefined, wanted: number, what: string];

/** Tells the first goal that is missed. */
function reached(...goals: readonly Goal[]): Readiness {
    for (const [have = 0, wanted, what] of goals) {
        if (have < wanted) return waiting(`${have} of ${wanted} ${what}`);
    }
    return ready;
}

const wantedBy = ({ spec }: KubeObject) => (spec as V1DeploymentSpec).replicas ?? 1;

export function deployment(object: KubeObject): Readiness {
    if ((object.spec as V1DeploymentSpec).paused) {
        return ready;
    }
    if (!hasStatus(object)) {
        return unobserved;
    }
    const progressing = conditionOf(object, "Progressing");
    if (progressing?.reason === "ProgressDeadlineExceeded") {
        return failed(`the rollout is stuck: ${progressing.message}`);
    }
    const wanted = wantedBy(object);
    const { updatedReplicas = 0, availableReplicas = 0, replicas = 0 } = statusOf(object);
    if (updatedReplicas >= wanted && replicas > updatedReplicas) {
        return waiting(`${replicas - updatedReplicas} old replicas are still there`);
    }
    return reached(
        [updatedReplicas, wanted, "replicas are updated"],
        [availableReplicas, updatedReplicas, "replicas are available"],
    );
}

/** With the strategy OnDelete nobody but the user moves pods to a new revision. */
export function statefulSet(object: KubeObject): Readiness {
    if (!hasStatus(object)) {
        return unobserved;
    }
    const wanted = wantedBy(object);
    const { replicas = 0, readyReplicas = 0, updatedReplicas = 0 } = statusOf(object);
    const { currentRevision, updateRevision } = statusOf<Record<string, string>>(object);
    const { updateStrategy } = object.spec as V1StatefulSetSpec;
    if (replicas !== wanted) {
        return waiting(`${replicas} of ${wanted} replicas are there`);
    }
    if (readyReplicas < wanted) {
        return waiting(`${readyReplicas} of ${wanted} replicas are ready`);
    }
    if (updateStrategy?.type === "OnDelete" || currentRevision === updateRevision) {
        return ready;
    }
    const moving = wanted - Math.min(wanted, updateStrategy?.rollingUpdate?.partition ?? 0);
    const partitioned = moving < wanted && updatedReplicas >= moving;
    return partitioned ? ready : waiting(`${updatedReplicas} of ${moving} replicas are updated`);
}

export function daemonSet(object: KubeObject): Readiness {
    const status = statusOf(object);
    const wanted = status.desiredNumberScheduled;
    if (wanted === undefined || !hasStatus(object)) {
        return unobserved;
    }
    return reached(
        [status.currentNumberScheduled, wanted, "pods are scheduled"],
        [status.updatedNumberScheduled, wanted, "pods are updated"],
        [status.numberAvailable, wanted, "pods are available"],
        [status.numberReady, wanted, "pods are ready"],
    );
}

export function replicationController(object: KubeObject): Readiness {
    const wanted = wantedBy(object);
    const { availableReplicas = 0 } = statusOf(object);
    return isObserved(object) && availableReplicas === wanted
        ? ready
        : waiting(`${availableReplicas} of ${wanted} replicas are available`);
}

export function job(object: KubeObject): Readiness {
    const { suspend, completions } = object.spec as V1JobSpec;
    const failure = conditionOf(object, "Failed");
    if (failure?.status === "True") {
        return failed(`the job failed: ${failure.reason}: ${failure.message}`);
    }
    if (suspend || conditionOf(object, "Complete")?.status === "True") {
        return ready;
    }
    const { active = 0, succeeded = 0, failed: broken = 0 } = statusOf(object);
    const lost = broken > 0 ? `, ${broken} have failed` : "";
    return waiting(
        `${active} pods are running, ${succeeded} of ${completions ?? 1} have succeeded${lost}`,
    );
}
