import { KubeObject } from "../../../kube";

export type Readiness =
    | { readonly state: "ready" }
    | { readonly state: "waiting"; readonly reason: string }
    /** It will not become ready by itself. */
    | { readonly state: "failed"; readonly reason: string };

export interface Condition {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
    readonly message?: string;
    readonly observedGeneration?: number;
}

const ready: Readiness = { state: "ready" };
const waiting = (reason: string): Readiness => ({ state: "waiting", reason });

/** The kinds that are not ready as soon as they are there. */
const builtIn: Readonly<Record<string, (object: KubeObject) => Readiness>> = {
    "apps/v1/Deployment": deployment,
    "batch/v1/Job": job,
    "apiextensions.k8s.io/v1/CustomResourceDefinition": definition,
    "v1/Namespace": namespace,
    "v1/Secret": tokenSecret,
};

export function builtInReadiness(
    apiVersion: string,
    kind: string,
): ((object: KubeObject) => Readiness) | undefined {
    return builtIn[`${apiVersion}/${kind}`];
}

/** Whether the controller has seen the last change of the object; where it does not tell, yes. */
export function isObserved(object: KubeObject, condition?: Condition): boolean {
    const status = object.status as { observedGeneration?: number } | undefined;
    const observed = condition?.observedGeneration ?? status?.observedGeneration;
    return observed === undefined || observed >= (object.metadata.generation ?? 0);
}

/** The conditions of an object as one line for an error message. */
export function describeConditions(object: KubeObject): string {
    const all = (object.status as { conditions?: Condition[] } | undefined)?.conditions ?? [];
    return all
        .map(({ type, status, reason, message }) => {
            const why = [reason, message].filter((part) => part).join(": ");
            return `${type}=${status}${why ? ` (${why})` : ""}`;
        })
        .join(", ");
}

function conditionOf(object: KubeObject, type: string): Condition | undefined {
    const status = object.status as { conditions?: Condition[] } | undefined;
    return status?.conditions?.find((condition) => condition.type === type);
}

function deployment(object: KubeObject): Readiness {
    const spec = object.spec as { replicas?: number; paused?: boolean };
    const status = (object.status ?? {}) as Record<string, number | undefined>;
    if (spec.paused) {
        return ready;
    }
    if (status.observedGeneration === undefined || !isObserved(object)) {
        return waiting("the last change is not observed yet");
    }
    const progressing = conditionOf(object, "Progressing");
    if (progressing?.reason === "ProgressDeadlineExceeded") {
        return { state: "failed", reason: `the rollout is stuck: ${progressing.message}` };
    }
    const wanted = spec.replicas ?? 1;
    const { updatedReplicas = 0, availableReplicas = 0, replicas = 0 } = status;
    if (updatedReplicas < wanted) {
        return waiting(`${updatedReplicas} of ${wanted} replicas are updated`);
    }
    if (replicas > updatedReplicas) {
        return waiting(`${replicas - updatedReplicas} old replicas are still there`);
    }
    return availableReplicas < updatedReplicas
        ? waiting(`${availableReplicas} of ${updatedReplicas} replicas are available`)
        : ready;
}

function job(object: KubeObject): Readiness {
    const { suspend } = object.spec as { suspend?: boolean };
    const failed = conditionOf(object, "Failed");
    if (failed?.status === "True") {
        return { state: "failed", reason: `the job failed: ${failed.reason}: ${failed.message}` };
    }
    if (suspend || conditionOf(object, "Complete")?.status === "True") {
        return ready;
    }
    const { active = 0, succeeded = 0 } = (object.status ?? {}) as Record<string, number>;
    return waiting(`${active} pods are running, ${succeeded} have succeeded`);
}

function definition(object: KubeObject): Readiness {
    const names = conditionOf(object, "NamesAccepted");
    if (names?.status === "False") {
        return { state: "failed", reason: `its names are not accepted: ${names.message}` };
    }
    return conditionOf(object, "Established")?.status === "True"
        ? ready
        : waiting("it is not established yet");
}

function namespace(object: KubeObject): Readiness {
    const { phase } = (object.status ?? {}) as { phase?: string };
    return phase === "Active" ? ready : waiting(`its phase is ${phase ?? "not set"}`);
}

function tokenSecret(object: KubeObject): Readiness {
    const filled = Object.keys((object.data ?? {}) as object).length > 0;
    return object.type !== "kubernetes.io/service-account-token" || filled
        ? ready
        : waiting("its token is not there yet");
}
