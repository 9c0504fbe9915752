import { forEach, lengthAt, textAt } from "../../frame/read";
import { levels, stackRule } from "../../frame/rule";
import {
    egressRule,
    ingressRule,
    ofType,
    refersTo,
    securityGroup,
    securityGroupRule,
} from "../../subjects/amazon";

export const securityGroupRulesInOnePlace = stackRule({
    id: "VPC-08",
    name: "security-group-rules-in-one-place",
    sentence: "A security group has its rules either inside or beside it, not both.",
    severity: "medium",
    anchors: ["AWSGuard security-group-no-rule-management-conflicts"],
    remedy: "Make rules of their own of those inside the group: each update takes away what the other has made.",
    levels: levels.always,
    unknown: "later",
    concerns: [securityGroup],
    reads: [securityGroupRule, ingressRule, egressRule],
    checkStack(stack, report) {
        const beside = ofType(stack, securityGroupRule, ingressRule, egressRule);
        forEach(ofType(stack, securityGroup), (group) => {
            for (const direction of ["ingress", "egress"] as const) {
                if (lengthAt(group.props, direction) === 0) continue;
                const other = beside.find(
                    (rule) =>
                        directionOf(rule.type, textAt(rule.props, "type")) === direction &&
                        refersTo(rule, "securityGroupId", group),
                );
                if (other) {
                    report(
                        `${direction} has rules inside, and "${other.name}" is one beside it: keep them in one place.`,
                        group,
                    );
                }
            }
        });
    },
});

function directionOf(type: string, said: string | undefined): string | undefined {
    if (type === ingressRule) return "ingress";
    return type === egressRule ? "egress" : said;
}
