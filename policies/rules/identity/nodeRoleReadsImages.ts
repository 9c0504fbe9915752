import { forEach, textAt } from "../../frame/read";
import { levels, stackRule } from "../../frame/rule";
import { nodeGroup, role, roleAttachment } from "../../subjects/amazon";
import { nodeAttachments } from "../../subjects/nodeRoles";

const reading = ["AmazonEC2ContainerRegistryPullOnly", "AmazonEC2ContainerRegistryReadOnly"];

export const nodeRoleReadsImages = stackRule({
    id: "IAM-03",
    name: "node-role-reads-images",
    sentence: "Nodes pull images and cannot change them.",
    severity: "high",
    anchors: ["CIS EKS 5.1.3"],
    remedy: "Attach AmazonEC2ContainerRegistryPullOnly instead.",
    levels: levels.always,
    unknown: "later",
    concerns: [nodeGroup],
    reads: [role, roleAttachment],
    checkStack(stack, report) {
        forEach(nodeAttachments(stack), (attachment) => {
            const policy = textAt(attachment.props, "policyArn")?.split("/").pop() ?? "";
            if (policy.includes("ContainerRegistry") && !reading.includes(policy)) {
                report(`policyArn is ${policy}: use ${reading[0]}.`, attachment);
            }
        });
    },
});
