import { at } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { nodeGroup } from "../../subjects/amazon";

export const nodesOnDemand = resourceRule({
    id: "NODE-07",
    name: "nodes-on-demand",
    sentence: "Amazon does not take the nodes of a control plane away.",
    severity: "high",
    anchors: [],
    remedy: 'Set capacityType to "ON_DEMAND": several spot nodes go at once, and with them etcd\'s majority.',
    levels: levels.fromProd,
    unknown: "later",
    types: [nodeGroup],
    check({ props }, report) {
        if (at(props, "capacityType") === "SPOT") {
            report('capacityType is "SPOT": set it to "ON_DEMAND".');
        }
    },
});
