import { at } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { loadBalancer } from "../../subjects/amazon";

export const balancerInternal = resourceRule({
    id: "LB-01",
    name: "load-balancer-internal",
    sentence: "Load balancers are internal, but for those that are meant for the internet.",
    severity: "high",
    anchors: [],
    remedy: "Set internal; if members call from the internet, write an exemption with its reason.",
    levels: levels.fromProd,
    unknown: "later",
    types: [loadBalancer],
    check({ props }, report) {
        if (at(props, "internal") !== true) report("internal is not true: set it.");
    },
});
