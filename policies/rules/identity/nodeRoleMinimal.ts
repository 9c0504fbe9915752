import { at, forEach, lengthAt, textAt } from "../../frame/read";
import { levels, stackRule } from "../../frame/rule";
import { nodeGroup, ofType, role, roleAttachment } from "../../subjects/amazon";
import { nodeAttachments } from "../../subjects/nodeRoles";

const addon = "aws:eks/addon:Addon";
const enough = [
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKSWorkerNodeMinimalPolicy",
    "AmazonSSMManagedInstanceCore",
];

export const nodeRoleMinimal = stackRule({
    id: "IAM-02",
    name: "node-role-minimal",
    sentence:
        "What add-ons may do, their own pods may, and not every pod through the role of its node.",
    severity: "high",
    anchors: ["CIS EKS 5.2.1", "EKS best practices: identities for pods"],
    remedy: "Give the add-on a role of its own by podIdentityAssociations, and take its policy from the node's role.",
    levels: levels.fromProd,
    unknown: "later",
    concerns: [nodeGroup, addon],
    reads: [role, roleAttachment],
    checkStack(stack, report) {
        forEach(nodeAttachments(stack), (attachment) => {
            const policy = textAt(attachment.props, "policyArn")?.split("/").pop();
            if (policy === undefined || policy.includes("ContainerRegistry")) return;
            if (!enough.includes(policy)) {
                report(
                    `policyArn is ${policy}, on the role of nodes: give it to the pods that need it.`,
                    attachment,
                );
            }
        });
        forEach(ofType(stack, addon), (each) => {
            if (textAt(each.props, "addonName") !== "aws-ebs-csi-driver") return;
            const own =
                lengthAt(each.props, "podIdentityAssociations") > 0 ||
                at(each.props, "serviceAccountRoleArn") !== undefined;
            if (!own)
                report(
                    "podIdentityAssociations is empty: give the driver a role of its own.",
                    each,
                );
        });
    },
});
