import { at } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { roleTag, subnet } from "../../subjects/amazon";

export const privateSubnetsStayPrivate = resourceRule({
    id: "VPC-09",
    name: "private-subnets-stay-private",
    sentence: "What starts in a private subnet gets no public address.",
    severity: "high",
    anchors: ["Checkov CKV_AWS_130", "Trivy AWS-0164", "Security Hub EC2.15"],
    remedy: "Leave mapPublicIpOnLaunch out in private subnets.",
    levels: levels.always,
    unknown: "later",
    types: [subnet],
    check({ props }, report) {
        const isPrivate = at(props, "tags", roleTag("private")) !== undefined;
        if (isPrivate && at(props, "mapPublicIpOnLaunch") === true) {
            report(
                "mapPublicIpOnLaunch is true in a subnet for internal load balancers: leave it out.",
            );
        }
    },
});
