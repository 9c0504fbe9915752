import { at, isSet, textsAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { eksCluster, isEverybody } from "../../subjects/amazon";

export const endpointNotOpen = resourceRule({
    id: "EKS-01",
    name: "cluster-endpoint-not-open",
    sentence:
        "The API of the EKS cluster is reached from its network, and from outside by named ranges only.",
    severity: "critical",
    anchors: [
        "CIS EKS 5.4.1",
        "CIS EKS 5.4.2",
        "Checkov CKV_AWS_38",
        "Checkov CKV_AWS_39",
        "Trivy AWS-0040",
        "Trivy AWS-0041",
        "Security Hub EKS.1",
        "AWS Config eks-endpoint-no-public-access",
    ],
    remedy: "Set endpointPrivateAccess, and endpointPublicAccess only together with publicAccessCidrs of your own.",
    levels: levels.always,
    unknown: "later",
    types: [eksCluster],
    check({ props }, report) {
        const access = at(props, "vpcConfig");
        if (at(access, "endpointPrivateAccess") !== true) {
            report(
                "vpcConfig.endpointPrivateAccess is not true: set it, nodes call the API through it.",
            );
        }
        if (at(access, "endpointPublicAccess") === false) return;
        if (
            !isSet(access, "publicAccessCidrs") ||
            textsAt(access, "publicAccessCidrs").length === 0
        ) {
            report(
                "vpcConfig.endpointPublicAccess is not false, and publicAccessCidrs names nobody: set it to false, or name your ranges.",
            );
        } else if (textsAt(access, "publicAccessCidrs").some(isEverybody)) {
            report("vpcConfig.publicAccessCidrs lets everybody in: name your own ranges.");
        }
    },
});
