import { at, forEach, textAt } from "../../frame/read";
import { levels, stackRule } from "../../frame/rule";
import { eksCluster, ofType } from "../../subjects/amazon";

const association = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";

export const creatorNotAdmin = stackRule({
    id: "EKS-06",
    name: "cluster-admins-declared",
    sentence:
        "Whoever creates the EKS cluster is no administrator by that, and somebody else is by name.",
    severity: "high",
    anchors: ["EKS best practices: cluster access"],
    remedy: "Set accessConfig.bootstrapClusterCreatorAdminPermissions to false, and give a named role AmazonEKSClusterAdminPolicy.",
    levels: levels.fromProd,
    unknown: "later",
    concerns: [eksCluster],
    reads: [association],
    checkStack(stack, report) {
        const admins = ofType(stack, association).filter(({ props }) =>
            textAt(props, "policyArn")?.endsWith("/AmazonEKSClusterAdminPolicy"),
        );
        forEach(ofType(stack, eksCluster), (cluster) => {
            const creator = at(
                cluster.props,
                "accessConfig",
                "bootstrapClusterCreatorAdminPermissions",
            );
            if (creator !== false) {
                report(
                    "accessConfig.bootstrapClusterCreatorAdminPermissions is not false: set it to false.",
                    cluster,
                );
            }
            if (admins.length === 0) {
                report(
                    "nobody has AmazonEKSClusterAdminPolicy by name: declare an access entry with it.",
                    cluster,
                );
            }
        });
    },
});
