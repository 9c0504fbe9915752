import { forEach, lengthAt } from "../../frame/read";
import { levels, stackRule } from "../../frame/rule";
import { defaultSecurityGroup, ofType, refersTo, vpc } from "../../subjects/amazon";

export const defaultSecurityGroupEmpty = stackRule({
    id: "VPC-05",
    name: "default-security-group-empty",
    sentence: "What is put into no security group of its own talks to nobody.",
    severity: "medium",
    anchors: ["Checkov CKV2_AWS_12", "Trivy AWS-0173", "Security Hub EC2.2"],
    remedy: "Take the network's default security group over, without rules.",
    levels: levels.fromProd,
    unknown: "later",
    concerns: [vpc],
    reads: [defaultSecurityGroup],
    checkStack(stack, report) {
        const groups = ofType(stack, defaultSecurityGroup);
        forEach(ofType(stack, vpc), (network) => {
            const own = groups.find((group) => refersTo(group, "vpcId", network));
            if (own === undefined) {
                report(
                    "its default security group is not taken over: make a DefaultSecurityGroup.",
                    network,
                );
                return;
            }
            for (const direction of ["ingress", "egress"]) {
                const count = lengthAt(own.props, direction);
                if (count > 0) report(`${direction} has ${count} rules: set it to [].`, own);
            }
        });
    },
});
