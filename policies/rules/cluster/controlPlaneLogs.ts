import { textsAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { eksCluster } from "../../subjects/amazon";

export const controlPlaneLogs = resourceRule({
    id: "EKS-03",
    name: "cluster-logs",
    sentence: "The EKS cluster logs all that it can log.",
    severity: "medium",
    anchors: ["CIS EKS 2.1.1", "Checkov CKV_AWS_37", "Trivy AWS-0038", "Security Hub EKS.8"],
    remedy: "Name all five types in enabledClusterLogTypes.",
    levels: levels.fromProd,
    options: {
        logTypes: {
            schema: { type: "array", items: { type: "string" }, description: "What it must log." },
            default: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
            dev: ["audit"],
        },
    },
    unknown: "later",
    types: [eksCluster],
    check({ props }, report, { logTypes }) {
        const enabled = textsAt(props, "enabledClusterLogTypes");
        const missing = logTypes.filter((each) => !enabled.includes(each));
        if (missing.length > 0) {
            report(`enabledClusterLogTypes lacks ${missing.join(", ")}: add what is missing.`);
        }
    },
});
