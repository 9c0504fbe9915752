import { at, forEach, forEachAt, textAt, textsAt } from "../../frame/read";
import { levels, stackRule } from "../../frame/rule";
import {
    isPublicSubnet,
    isTrue,
    launchTemplate,
    nodeGroup,
    ofType,
    subnet,
} from "../../subjects/amazon";

export const nodesPrivate = stackRule({
    id: "NODE-04",
    name: "nodes-private",
    sentence: "Nodes live in private subnets and have no public addresses.",
    severity: "high",
    anchors: ["CIS EKS 5.4.3", "Checkov CKV_AWS_88", "Security Hub EC2.9"],
    remedy: "Give node groups the private subnets, and leave associatePublicIpAddress out.",
    levels: levels.fromProd,
    unknown: "later",
    concerns: [launchTemplate, nodeGroup],
    reads: [subnet],
    checkStack(stack, report) {
        forEach(ofType(stack, launchTemplate), (template) =>
            forEachAt(template.props, ["networkInterfaces"], (face, index) => {
                if (isTrue(at(face, "associatePublicIpAddress"))) {
                    report(
                        `networkInterfaces[${index}].associatePublicIpAddress is true: leave it out.`,
                        template,
                    );
                }
            }),
        );
        const open = ofType(stack, subnet).filter(isPublicSubnet);
        if (open.length === 0) return;
        forEach(ofType(stack, nodeGroup), (group) => {
            const ids = textsAt(group.props, "subnetIds");
            const used = open.filter(({ props }) => ids.includes(textAt(props, "id") ?? ""));
            if (used.length > 0) {
                report(
                    `subnetIds has the public ${used.map(({ name }) => name).join(", ")}: use private subnets.`,
                    group,
                );
            }
        });
    },
});
