import type { Weights } from "./division";

/** Members of one weight are one rule, in a fixed order: the same weights are the same policy. */
export function staticWeightPlacement(weights: Weights) {
    const names = Object.keys(weights).sort();
    const distinct = [...new Set(Object.values(weights))].sort((one, other) => one - other);
    return {
        clusterAffinity: { clusterNames: names },
        replicaScheduling: {
            replicaSchedulingType: "Divided",
            replicaDivisionPreference: "Weighted",
            weightPreference: {
                staticWeightList: distinct.map((weight) => ({
                    targetCluster: {
                        clusterNames: names.filter((name) => weights[name] === weight),
                    },
                    weight,
                })),
            },
        },
    };
}
