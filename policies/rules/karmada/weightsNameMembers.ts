import { forEach, forEachAt, textsAt } from "../../frame/read";
import { levels, stackRule } from "../../frame/rule";
import { ofType } from "../../subjects/amazon";
import { cluster, policyTypes, staticWeights } from "../../subjects/karmada";
import { objectName } from "../../subjects/kubernetes";

export const weightsNameMembers = stackRule({
    id: "KAR-11",
    name: "weights-name-members",
    sentence: "Weights are for members that the program declares.",
    severity: "high",
    anchors: [],
    remedy: "Write the member's name as its Cluster object has it.",
    levels: levels.always,
    unknown: "refused",
    // Without one the members are somebody else's.
    concerns: [cluster],
    reads: policyTypes,
    checkStack(stack, report) {
        const members = ofType(stack, cluster).map(objectName);
        forEach(ofType(stack, ...policyTypes), (policy) =>
            forEachAt(policy.props, staticWeights, (entry, index) => {
                for (const name of textsAt(entry, "targetCluster", "clusterNames")) {
                    if (!members.includes(name)) {
                        report(
                            `${staticWeights.join(".")}[${index}] names "${name}", which is no member: the members are ${members.join(", ")}.`,
                            policy,
                        );
                    }
                }
            }),
        );
    },
});
