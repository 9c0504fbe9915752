import { eksReleases } from "../../../components/versionsEks";
import { at, shown } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { eksCluster } from "../../subjects/amazon";

export const versionSupported = resourceRule({
    id: "EKS-04",
    name: "cluster-version-supported",
    sentence:
        "The EKS cluster runs a version in standard support, and never slips into the dearer extended one.",
    severity: "medium",
    anchors: ["Checkov CKV_AWS_339", "Security Hub EKS.2"],
    remedy: 'Set version to one that is supported, and upgradePolicy.supportType to "STANDARD".',
    levels: levels.fromProd,
    options: {
        versions: {
            schema: {
                type: "array",
                items: { type: "string", pattern: "^1\\.\\d+$" },
                minItems: 1,
                description: "Kubernetes versions in standard support.",
            },
            default: Object.keys(eksReleases) as readonly string[],
        },
    },
    unknown: "later",
    types: [eksCluster],
    check({ props }, report, { versions }) {
        const version = at(props, "version");
        if (!versions.includes(version as string)) {
            report(`version is ${shown(version)}: set it to one of ${versions.join(", ")}.`);
        }
        const support = at(props, "upgradePolicy", "supportType");
        if (support !== "STANDARD") {
            report(`upgradePolicy.supportType is ${shown(support)}: set it to "STANDARD".`);
        }
    },
});
