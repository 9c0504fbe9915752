import { isSet, numberAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { nodeGroup } from "../../subjects/amazon";

export const oneNodeAtATime = resourceRule({
    id: "NODE-08",
    name: "one-node-at-a-time",
    sentence: "When nodes are replaced, no more than one is away.",
    severity: "high",
    anchors: [],
    remedy: "Set updateConfig.maxUnavailable to 1.",
    levels: levels.fromProd,
    unknown: "later",
    types: [nodeGroup],
    check({ props }, report) {
        if (isSet(props, "updateConfig", "maxUnavailablePercentage")) {
            report(
                "updateConfig.maxUnavailablePercentage is set: set maxUnavailable to 1 instead.",
            );
        }
        const away = numberAt(props, "updateConfig", "maxUnavailable") ?? 1;
        if (away > 1) report(`updateConfig.maxUnavailable is ${away}: set it to 1.`);
    },
});
