import { at } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { loadBalancer } from "../../subjects/amazon";

export const balancerKept = resourceRule({
    id: "LB-03",
    name: "load-balancer-kept",
    sentence: "A load balancer is not deleted by mistake, and writes down who called.",
    severity: "medium",
    anchors: [
        "Checkov CKV_AWS_150",
        "Checkov CKV_AWS_91",
        "Security Hub ELB.5",
        "Security Hub ELB.6",
        "AWSGuard elb-deletion-protection-enabled",
        "AWSGuard elb-logging-enabled",
    ],
    remedy: "Set enableDeletionProtection, and accessLogs.enabled with a bucket.",
    levels: levels.onlyFromProd,
    unknown: "later",
    types: [loadBalancer],
    check({ props }, report) {
        if (at(props, "enableDeletionProtection") !== true) {
            report("enableDeletionProtection is not true: set it.");
        }
        // One of the network kind logs only TLS that ends at it, and Karmada's passes through.
        const isNetwork = at(props, "loadBalancerType") === "network";
        if (!isNetwork && at(props, "accessLogs", "enabled") !== true) {
            report("accessLogs.enabled is not true: set it, and name a bucket.");
        }
    },
});
