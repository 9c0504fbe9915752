import { shown, textAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { nodeGroup } from "../../subjects/amazon";

export const nodeImageCurrent = resourceRule({
    id: "NODE-06",
    name: "node-image-current",
    sentence: "Nodes run Amazon Linux 2023 or Bottlerocket: Amazon Linux 2 gets no more fixes.",
    severity: "medium",
    anchors: ["EKS best practices: optimized images"],
    remedy: 'Set amiType, e.g. to "AL2023_x86_64_STANDARD".',
    levels: levels.fromProd,
    unknown: "later",
    types: [nodeGroup],
    check({ props }, report) {
        const image = textAt(props, "amiType");
        if (!/^(AL2023|BOTTLEROCKET)_/.test(image ?? "")) {
            report(`amiType is ${shown(image)}: set it to one of AL2023 or Bottlerocket.`);
        }
    },
});
