import { at, textAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { isFalse, targetGroup } from "../../subjects/amazon";

export const clientAddressNotPreserved = resourceRule({
    id: "LB-04",
    name: "client-address-not-preserved",
    sentence:
        "A node reaches itself through the load balancer: the caller's address is not preserved.",
    severity: "medium",
    anchors: [],
    remedy: "Set preserveClientIp to false: calls of a target to itself otherwise time out.",
    levels: levels.fromProd,
    unknown: "later",
    types: [targetGroup],
    check({ props }, report) {
        const protocol = textAt(props, "protocol") ?? "";
        if (!["TCP", "TLS"].includes(protocol)) return;
        if (!isFalse(at(props, "preserveClientIp"))) {
            report("preserveClientIp is not false: set it to false.");
        }
    },
});
