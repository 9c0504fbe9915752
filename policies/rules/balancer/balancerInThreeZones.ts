import { at, isSet, lengthAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { loadBalancer } from "../../subjects/amazon";

export const balancerInThreeZones = resourceRule({
    id: "LB-02",
    name: "load-balancer-in-three-zones",
    sentence: "A load balancer stands in three zones and sends to the targets in all of them.",
    severity: "medium",
    anchors: ["Checkov CKV_AWS_152", "Security Hub ELB.13"],
    remedy: "Give it a subnet in each of three zones, and set enableCrossZoneLoadBalancing.",
    levels: levels.fromProd,
    options: {
        zones: {
            schema: { type: "integer", minimum: 1, maximum: 6, description: "How many zones." },
            default: 3,
            dev: 2,
        },
    },
    unknown: "later",
    types: [loadBalancer],
    check({ props }, report, { zones }) {
        // One of the network kind does so only when it is told to; the others always do.
        const isNetwork = at(props, "loadBalancerType") === "network";
        if (isNetwork && at(props, "enableCrossZoneLoadBalancing") !== true) {
            report("enableCrossZoneLoadBalancing is not true: set it.");
        }
        const path = isSet(props, "subnetMappings") ? "subnetMappings" : "subnets";
        const count = lengthAt(props, path);
        if (count < zones)
            report(`${path} has ${count} entries: name one in each of ${zones} zones.`);
    },
});
