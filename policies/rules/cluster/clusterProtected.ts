import { at } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { eksCluster } from "../../subjects/amazon";

export const clusterProtected = resourceRule({
    id: "EKS-07",
    name: "cluster-protected",
    sentence: "The EKS cluster cannot be deleted by mistake: neither by Amazon nor by Pulumi.",
    severity: "high",
    anchors: ["Amazon EKS: deletion protection"],
    remedy: "Set deletionProtection, and the resource option protect.",
    levels: levels.onlyFromProd,
    unknown: "later",
    types: [eksCluster],
    check({ props, protect }, report) {
        if (at(props, "deletionProtection") !== true) {
            report("deletionProtection is not true: set it.");
        }
        if (!protect) {
            report(
                "the resource option protect is not true: set it on the cluster or its component.",
            );
        }
    },
});
