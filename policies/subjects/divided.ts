import { possibleDivisions, type Weights } from "../../components/workload/division";
import { at, keysAt, listAt, textAt, textsAt } from "../frame/read";
import type { StackResource } from "../frame/rule";
import { ofType } from "./amazon";
import { policyTypes, staticWeights } from "./karmada";
import { deployment, namespaceOf, objectName, statefulSet } from "./kubernetes";

/** A workload and a policy that sends it to members. */
export interface Divided {
    readonly workload: StackResource;
    readonly policy: StackResource;
}

export const dividedTypes = [deployment, statefulSet] as const;

/** Dividing more takes longer than anybody waits for a preview. */
const mostReplicas = 1_000_000;

export function dividedWorkloads(stack: readonly StackResource[]): Divided[] {
    const workloads = ofType(stack, ...dividedTypes);
    return ofType(stack, ...policyTypes).flatMap((policy) =>
        workloads
            .filter((workload) => selects(policy, workload))
            .map((workload) => ({ policy, workload })),
    );
}

function selects(policy: StackResource, workload: StackResource): boolean {
    const kind = workload.type.split(":").at(-1);
    return listAt(policy.props, "spec", "resourceSelectors").some((selector) => {
        const namespace = textAt(selector, "namespace") ?? namespaceOf(policy);
        const name = textAt(selector, "name");
        return (
            textAt(selector, "kind") === kind &&
            namespace === namespaceOf(workload) &&
            (name === undefined || name === objectName(workload))
        );
    });
}

/** By the policy's weights; undefined where it has none, or such as do not name members. */
export function weightsOf(policy: StackResource): Weights | undefined {
    const entries = listAt(policy.props, ...staticWeights).flatMap((entry) => {
        const target = at(entry, "targetCluster");
        const weight = at(entry, "weight");
        const names = textsAt(target, "clusterNames");
        const plain = keysAt(target).every((key) => key === "clusterNames");
        return plain && names.length > 0
            ? names.map((name) => [name, weight] as const)
            : [["", undefined] as const];
    });
    const valid = entries.every(([, weight]) => Number.isSafeInteger(weight) && Number(weight) > 0);
    return valid && entries.length > 0 ? (Object.fromEntries(entries) as Weights) : undefined;
}

export function replicasOf({ props }: StackResource): number {
    const replicas = at(props, "spec", "replicas") ?? 1;
    return Number.isInteger(replicas) ? (replicas as number) : 0;
}

/** The members of which each possible division has some, and those that may be left without. */
export function reached(replicas: number, weights: Weights) {
    const divisions = possibleDivisions(Math.min(replicas, mostReplicas), weights);
    const names = Object.keys(weights);
    return {
        some: names.filter((name) => divisions.some((division) => name in division)),
        maybeNone: names.filter((name) => divisions.some((division) => !(name in division))),
    };
}
