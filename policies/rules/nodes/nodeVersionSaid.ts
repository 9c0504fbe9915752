import { isSet } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { nodeGroup } from "../../subjects/amazon";

export const nodeVersionSaid = resourceRule({
    id: "NODE-09",
    name: "node-version-said",
    sentence: "A node group with a launch template of its own says its Kubernetes version.",
    severity: "medium",
    anchors: [],
    remedy: "Set version to the cluster's: with a launch template it does not follow by itself, and nodes stay behind.",
    levels: levels.fromProd,
    unknown: "never",
    types: [nodeGroup],
    check({ props }, report) {
        if (isSet(props, "launchTemplate") && !isSet(props, "version")) {
            report("version is not set: set it to the cluster's.");
        }
    },
});
