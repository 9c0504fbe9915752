import { forEach, textAt, textsAt } from "../../frame/read";
import { levels, stackRule, type StackResource } from "../../frame/rule";
import { ofType } from "../../subjects/amazon";
import {
    dividedTypes,
    dividedWorkloads,
    reached,
    replicasOf,
    weightsOf,
} from "../../subjects/divided";
import { cluster, policyTypes } from "../../subjects/karmada";
import { namespaceOf, objectName } from "../../subjects/kubernetes";

export const workloadsInRegions = stackRule({
    id: "KAR-11",
    name: "workloads-in-regions",
    sentence: "What may run in some regions only is sent to no member elsewhere.",
    severity: "high",
    anchors: [],
    remedy: "Leave members of other regions out of the policy, and declare spec.region of those that are in it.",
    levels: levels.always,
    options: {
        regions: {
            schema: {
                type: "object",
                additionalProperties: {
                    type: "array",
                    items: { type: "string", minLength: 1 },
                    minItems: 1,
                },
                description:
                    'By namespace, the regions its workloads may run in, such as `{"shop": ["eu-central-1"]}`; those of other namespaces run anywhere.',
            },
            default: {} as Readonly<Record<string, readonly string[]>>,
        },
    },
    unknown: "refused",
    concerns: policyTypes,
    reads: [...dividedTypes, cluster],
    checkStack(stack, report, { regions }) {
        forEach(dividedWorkloads(stack), ({ workload, policy }) => {
            const allowed = regions[namespaceOf(workload) ?? ""];
            if (allowed === undefined) return;
            for (const member of membersFor(workload, policy, stack)) {
                const region = regionOf(member, stack);
                if (region === undefined || !allowed.includes(region)) {
                    const where = region ?? "a region the program does not declare";
                    report(
                        `"${workload.name}" goes to ${member} in ${where}, and may run in ${allowed.join(", ")} only: leave ${member} out.`,
                        policy,
                    );
                }
            }
        });
    },
});

/** Those that can get replicas of the workload. */
function membersFor(
    workload: StackResource,
    policy: StackResource,
    stack: readonly StackResource[],
): readonly string[] {
    const weights = weightsOf(policy);
    if (weights !== undefined) return reached(replicasOf(workload), weights).some;
    const affinity = ["spec", "placement", "clusterAffinity"];
    const named = textsAt(policy.props, ...affinity, "clusterNames");
    const excluded = textsAt(policy.props, ...affinity, "exclude");
    const declared = ofType(stack, cluster).flatMap((each) => objectName(each) ?? []);
    return (named.length > 0 ? named : declared).filter((name) => !excluded.includes(name));
}

function regionOf(member: string, stack: readonly StackResource[]): string | undefined {
    const found = ofType(stack, cluster).find((each) => objectName(each) === member);
    return textAt(found?.props, "spec", "region");
}
