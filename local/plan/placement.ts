import type { OfflinePreview } from "../offline";
import type { Inventory } from "./inventory";
import { at, listOf, numberOf, textOf, textsOf } from "./values";

export interface Placement {
    readonly namespace: string;
    readonly workload: string;
    readonly replicas: number;
    readonly members: readonly MemberPlacement[];
}

export interface MemberPlacement {
    readonly member: string;
    readonly weight: number;
    /** As Karmada will divide them; two numbers where a tie is decided only when it runs. */
    readonly predicted: readonly number[];
}

const propagationPolicy = "kubernetes:policy.karmada.io/v1alpha1:PropagationPolicy";

/** How many replicas of each workload every member will run, as the stack itself puts it out. */
export function placementsOf(
    { outputs }: Pick<OfflinePreview, "outputs">,
    inventory: Inventory,
): Placement[] {
    return listOf(outputs.workloads).map((output) => {
        const namespace = textOf(at(output, "namespace")) ?? "";
        const workload = textOf(at(output, "name")) ?? "";
        const divisions = listOf(at(output, "predicted"));
        const weights = weightsOf(namespace, workload, inventory);
        const members = new Set([
            ...weights.keys(),
            ...divisions.flatMap((division) => Object.keys(division ?? {})),
        ]);
        return {
            namespace,
            workload,
            replicas: numberOf(at(output, "replicas")) ?? 0,
            members: [...members].map((member) => ({
                member,
                weight: weights.get(member) ?? 0,
                predicted: [
                    ...new Set(divisions.map((division) => numberOf(at(division, member)) ?? 0)),
                ],
            })),
        };
    });
}

function weightsOf(
    namespace: string,
    workload: string,
    inventory: Inventory,
): ReadonlyMap<string, number> {
    const policy = inventory
        .ofType(propagationPolicy)
        .find(
            ({ inputs }) =>
                at(inputs, "metadata.namespace") === namespace &&
                listOf(at(inputs, "spec.resourceSelectors")).some(
                    (selector) => at(selector, "name") === workload,
                ),
        );
    const list = listOf(
        at(policy?.inputs, "spec.placement.replicaScheduling.weightPreference.staticWeightList"),
    );
    return new Map(
        list.flatMap((entry) =>
            textsOf(at(entry, "targetCluster.clusterNames")).map(
                (member) => [member, numberOf(at(entry, "weight")) ?? 0] as const,
            ),
        ),
    );
}

export const predictedAsText = ({ predicted }: MemberPlacement): string =>
    predicted.length > 0 ? predicted.join(" or ") : "not known yet";
