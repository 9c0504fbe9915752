import { balancerInternal } from "../../../policies/rules/balancer/balancerInternal";
import { balancerInThreeZones } from "../../../policies/rules/balancer/balancerInThreeZones";
import { balancerKept } from "../../../policies/rules/balancer/balancerKept";
import { clientAddressNotPreserved } from "../../../policies/rules/balancer/clientAddressNotPreserved";
import { describeRule } from "./describeRule";
import { unknown, type Writable } from "./judge";

const good = () => ({
    balancer: {
        type: "aws:lb/loadBalancer:LoadBalancer",
        props: {
            loadBalancerType: "network",
            internal: true,
            subnets: [unknown, unknown, unknown],
            enableCrossZoneLoadBalancing: true,
            enableDeletionProtection: true,
        } as Writable,
    },
});

describe("rules for load balancers", () => {
    describeRule(balancerInternal, {
        good: good(),
        bad: {
            "one for the internet": {
                change: ({ balancer }) => delete balancer.props.internal,
                says: /internal is not true/,
            },
        },
        unknown: { "which it is": ({ balancer }) => (balancer.props.internal = unknown) },
    });

    describeRule(balancerInThreeZones, {
        good: good(),
        alsoGood: {
            "addresses of one's own": ({ balancer }) => {
                balancer.props.subnetMappings = [{}, {}, {}];
                delete balancer.props.subnets;
            },
            "the kind that always sends everywhere": ({ balancer }) => {
                balancer.props.loadBalancerType = "application";
                delete balancer.props.enableCrossZoneLoadBalancing;
            },
        },
        bad: {
            "two zones": {
                change: ({ balancer }) => (balancer.props.subnets = ["a", "b"]),
                says: /subnets has 2 entries: name one in each of 3 zones/,
            },
            "one that stays in its zone": {
                change: ({ balancer }) => delete balancer.props.enableCrossZoneLoadBalancing,
                says: /enableCrossZoneLoadBalancing is not true/,
            },
        },
        unknown: { "the subnets": ({ balancer }) => (balancer.props.subnets = unknown) },
    });

    describeRule(balancerKept, {
        good: good(),
        bad: {
            "one that is soon gone": {
                change: ({ balancer }) => (balancer.props.enableDeletionProtection = false),
                says: /enableDeletionProtection is not true/,
            },
            "one that writes nothing down": {
                change: ({ balancer }) => (balancer.props.loadBalancerType = "application"),
                says: /accessLogs\.enabled is not true/,
            },
        },
        unknown: {
            "whether it is kept": ({ balancer }) =>
                (balancer.props.enableDeletionProtection = unknown),
        },
    });

    describeRule(clientAddressNotPreserved, {
        good: {
            targets: {
                type: "aws:lb/targetGroup:TargetGroup",
                props: { protocol: "TCP", preserveClientIp: "false" } as Writable,
            },
        },
        alsoGood: {
            "targets of the other kind": ({ targets }) => (targets.props = { protocol: "HTTPS" }),
        },
        bad: {
            "Amazon's default": {
                change: ({ targets }) => delete targets.props.preserveClientIp,
                says: /preserveClientIp is not false/,
            },
        },
        unknown: { "whether it is": ({ targets }) => (targets.props.preserveClientIp = unknown) },
    });
});
