import { forEach } from "../../frame/read";
import { levels, stackRule } from "../../frame/rule";
import {
    dividedTypes,
    dividedWorkloads,
    reached,
    replicasOf,
    weightsOf,
} from "../../subjects/divided";
import { policyTypes } from "../../subjects/karmada";

export const weightsReachMembers = stackRule({
    id: "KAR-11",
    name: "weights-reach-members",
    sentence: "Every member that has a weight gets a replica of what is divided by it.",
    severity: "medium",
    anchors: [],
    remedy: "Have more replicas, or leave out the members that are to have none: nobody is served where nothing runs.",
    levels: levels.fromProd,
    unknown: "refused",
    concerns: policyTypes,
    reads: dividedTypes,
    checkStack(stack, report) {
        forEach(dividedWorkloads(stack), ({ workload, policy }) => {
            const replicas = replicasOf(workload);
            const weights = weightsOf(policy);
            // Nothing runs anywhere while it is stopped.
            if (weights === undefined || replicas < 1) return;
            const { maybeNone } = reached(replicas, weights);
            if (maybeNone.length > 0) {
                const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
                report(
                    `spec.replicas is ${replicas}, divided by weights that add up to ${total} in "${policy.name}", and ${maybeNone.join(", ")} may get none: have more, or leave out whom no weight should name.`,
                    workload,
                );
            }
        });
    },
});
