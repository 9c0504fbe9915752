import { at, shown } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { eksCluster } from "../../subjects/amazon";

export const accessByApi = resourceRule({
    id: "EKS-05",
    name: "cluster-access-by-api",
    sentence: "Who may use the EKS cluster is said by access entries alone.",
    severity: "high",
    anchors: ["CIS EKS 4.1.7", "EKS best practices: cluster access"],
    remedy: 'Set accessConfig.authenticationMode to "API": nobody audits the ConfigMap aws-auth.',
    levels: levels.fromProd,
    unknown: "later",
    types: [eksCluster],
    check({ props }, report) {
        const mode = at(props, "accessConfig", "authenticationMode");
        if (mode !== "API") {
            report(`accessConfig.authenticationMode is ${shown(mode)}: set it to "API".`);
        }
    },
});
