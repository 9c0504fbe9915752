import type {
    V1ContainerStateTerminated,
    V1ContainerStatus,
    V1PodStatus,
} from "@kubernetes/client-node";
import { KubeObject } from "../../../kube";
import { conditionOf, failed, ready, Readiness, statusOf, waiting, why } from "./readiness";

/** What every container goes through. */
const underWay = ["ContainerCreating", "PodInitializing"];

export function pod(object: KubeObject): Readiness {
    const { phase } = statusOf<V1PodStatus>(object);
    if (phase === "Succeeded" || conditionOf(object, "Ready")?.status === "True") {
        return ready;
    }
    const problems = podProblems(object).join("; ");
    if (phase === "Failed") {
        return failed(`the pod failed${problems && `: ${problems}`}`);
    }
    return waiting(problems || `it is not ready (phase ${phase ?? "not set"})`);
}

/** Why a pod does not run, in its own words; nothing when it says nothing. */
export function podProblems(object: KubeObject): string[] {
    const status = statusOf<V1PodStatus>(object);
    const scheduled = conditionOf(object, "PodScheduled");
    const { initContainerStatuses = [], containerStatuses = [] } = status;
    return [
        why(status),
        scheduled?.status === "False" ? why(scheduled) : "",
        ...[...initContainerStatuses, ...containerStatuses].map(containerProblem),
    ].filter((text) => text !== "");
}

function containerProblem({ name, ready: isReady, state, lastState }: V1ContainerStatus): string {
    if (isReady) {
        return "";
    }
    const { waiting: held, terminated } = state ?? {};
    const problems = [
        held && !underWay.includes(held.reason ?? "") ? why(held) : "",
        endOf("ended", terminated),
        endOf("its last run ended", lastState?.terminated),
    ].filter((text) => text !== "");
    return problems.length > 0 ? `container ${name}: ${problems.join("; ")}` : "";
}

function endOf(what: string, terminated: V1ContainerStateTerminated | undefined): string {
    if (!terminated || (terminated.exitCode === 0 && terminated.reason === "Completed")) {
        return "";
    }
    const reason = why(terminated);
    return `${what} with exit code ${terminated.exitCode}${reason && ` (${reason})`}`;
}
