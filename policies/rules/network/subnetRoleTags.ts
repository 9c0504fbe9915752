import { at, shown } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { roleTag, subnet } from "../../subjects/amazon";

export const subnetRoleTags = resourceRule({
    id: "VPC-03",
    name: "subnet-role-tags",
    sentence: "Subnets say whether public or internal load balancers belong into them.",
    severity: "low",
    anchors: ["AWS Load Balancer Controller: subnet discovery"],
    remedy: 'Tag public subnets with "kubernetes.io/role/elb", private ones with "kubernetes.io/role/internal-elb", each with the value "1".',
    levels: levels.onlyStrict,
    unknown: "later",
    types: [subnet],
    check({ props }, report) {
        const kind = at(props, "mapPublicIpOnLaunch") === true ? "public" : "private";
        const values = [roleTag("public"), roleTag("private")].map((tag) => at(props, "tags", tag));
        if (kind === "public" && values[0] !== "1") {
            report(`tags["${roleTag("public")}"] is ${shown(values[0])}: set it to "1".`);
        } else if (kind === "private" && !values.includes("1")) {
            report(`tags["${roleTag("private")}"] is ${shown(values[1])}: set it to "1".`);
        }
    },
});
