import { levels, stackRule } from "../../frame/rule";
import { flowLog, ofType, refersTo, vpc } from "../../subjects/amazon";

export const vpcFlowLogs = stackRule({
    id: "VPC-04",
    name: "vpc-flow-logs",
    sentence: "Every network writes down who talks to whom.",
    severity: "medium",
    anchors: ["Checkov CKV2_AWS_11", "Trivy AWS-0178", "Security Hub EC2.6"],
    remedy: "Make a flow log of the network, for traffic of all kinds.",
    levels: levels.fromProd,
    unknown: "never",
    concerns: [vpc],
    reads: [flowLog],
    checkStack(stack, report) {
        const logs = ofType(stack, flowLog);
        for (const network of ofType(stack, vpc)) {
            if (!logs.some((log) => refersTo(log, "vpcId", network))) {
                report("no flow log has it as its vpcId: make one.", network);
            }
        }
    },
});
