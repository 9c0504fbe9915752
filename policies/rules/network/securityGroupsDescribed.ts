import { forEachAt, shown, textAt } from "../../frame/read";
import { levels, resourceRule, type Report } from "../../frame/rule";
import { egressRule, ingressRule, securityGroup, securityGroupRule } from "../../subjects/amazon";

export const securityGroupsDescribed = resourceRule({
    id: "VPC-07",
    name: "security-groups-described",
    sentence: "Security groups and their rules say what they are for.",
    severity: "low",
    anchors: ["Checkov CKV_AWS_23", "Trivy AWS-0099", "Trivy AWS-0124"],
    remedy: "Write a description of one sentence: who calls whom, and why.",
    levels: levels.onlyStrict,
    unknown: "later",
    types: [securityGroup, securityGroupRule, ingressRule, egressRule],
    check({ type, props }, report) {
        judge(props, "description", report);
        if (type !== securityGroup) return;
        for (const direction of ["ingress", "egress"]) {
            forEachAt(props, [direction], (rule, index) =>
                judge(rule, `${direction}[${index}].description`, report),
            );
        }
    },
});

function judge(holder: unknown, path: string, report: Report): void {
    const description = textAt(holder, "description");
    if (!description?.trim() || description === "Managed by Pulumi") {
        report(`${path} is ${shown(description)}: say what it is for.`);
    }
}
