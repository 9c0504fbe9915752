import { at, forEachAt, listAt, shown, textsAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { policyTypes, staticWeights } from "../../subjects/karmada";

export const weights = resourceRule({
    id: "KAR-11",
    name: "weights",
    sentence: "Weights are whole numbers from 1, one for each member.",
    severity: "high",
    anchors: [],
    remedy: "Leave members out that are to get nothing; of two weights for one member Karmada takes the greater.",
    levels: levels.always,
    unknown: "refused",
    types: policyTypes,
    check({ props }, report) {
        const seen = new Map<string, string>();
        forEachAt(props, staticWeights, (entry, index) => {
            const path = `${staticWeights.join(".")}[${index}]`;
            const weight = at(entry, "weight");
            if (!Number.isInteger(weight) || (weight as number) < 1) {
                report(`${path}.weight is ${shown(weight)}: use a whole number from 1.`);
            }
            for (const member of textsAt(entry, "targetCluster", "clusterNames")) {
                const before = seen.get(member);
                if (before !== undefined) {
                    report(`${path} names "${member}", as does ${before}: give it one weight.`);
                }
                seen.set(member, path);
            }
        });
        const names = listAt(props, "spec", "placement", "clusterAffinity", "clusterNames");
        const without = names.filter((name) => seen.size > 0 && !seen.has(name as string));
        if (without.length > 0) {
            report(
                `spec.placement.clusterAffinity.clusterNames has ${without.join(", ")}, which no weight names and so gets nothing: give it a weight, or leave it out.`,
            );
        }
    },
});
