import type { PlannedResource } from "../offline";
import { shortType } from "../support/urns";
import { type Inventory, nameOf } from "./inventory";
import { at, compared, counted, groupBy, listOf, numberOf, textOf } from "./values";

/** Something that can be called from beyond its network, or calls out of it. */
export interface Exposure {
    readonly what: string;
    readonly region: string;
    readonly reach: "internet" | "private" | "outbound";
    /** Ranges that may call it; none for what only calls out. */
    readonly from: readonly string[];
    readonly detail: string;
}

/** What most people ask for first. */
const order: readonly Exposure["reach"][] = ["internet", "private", "outbound"];

/** What faces the internet comes first. */
export function exposureOf(inventory: Inventory): Exposure[] {
    return [
        ...inventory
            .ofType("aws:lb/loadBalancer:LoadBalancer")
            .map((balancer) => balancerOf(balancer, inventory)),
        ...inventory
            .ofType("aws:eks/cluster:Cluster")
            .map((cluster) => clusterOf(cluster, inventory)),
        ...inventory
            .ofType("aws:ec2/instance:Instance")
            .map((instance) => instanceOf(instance, inventory)),
        ...rulesOf(inventory),
        ...gatewaysOf(inventory),
    ].sort(
        (a, b) =>
            order.indexOf(a.reach) - order.indexOf(b.reach) ||
            compared(a.region, b.region) ||
            compared(a.what, b.what),
    );
}

/** Ranges as they are, and once that there are some which nobody knows yet. */
const rangesIn = (values: readonly unknown[]): string[] => [
    ...new Set(
        values.flatMap((value) =>
            value === undefined ? [] : (textOf(value) ?? "addresses not known yet"),
        ),
    ),
];

function balancerOf(balancer: PlannedResource, inventory: Inventory): Exposure {
    const beside = (type: string) =>
        inventory.ofType(type).filter(({ parent }) => parent === balancer.parent);
    const ports = beside("aws:lb/listener:Listener").map(({ inputs }) => numberOf(inputs.port));
    const from = rangesIn(beside(ingressRule).map(({ inputs }) => inputs.cidrIpv4));
    return {
        what: `load balancer ${nameOf(balancer)}`,
        region: inventory.regionOf(balancer),
        reach: balancer.inputs.internal === false ? "internet" : "private",
        from,
        detail: `Karmada's API, TCP ${ports.join(", ")}; clients prove who they are by certificates`,
    };
}

function clusterOf(cluster: PlannedResource, inventory: Inventory): Exposure {
    const open = at(cluster.inputs, "vpcConfig.endpointPublicAccess") !== false;
    // EKS takes everybody where nobody is named.
    const from = rangesIn(listOf(at(cluster.inputs, "vpcConfig.publicAccessCidrs")));
    return {
        what: `EKS cluster ${nameOf(cluster)}`,
        region: inventory.regionOf(cluster),
        reach: open ? "internet" : "private",
        from: open ? (from.length > 0 ? from : ["0.0.0.0/0"]) : [],
        detail: open ? "public and private endpoint" : "private endpoint alone",
    };
}

function instanceOf(instance: PlannedResource, inventory: Inventory): Exposure {
    const open = instance.inputs.associatePublicIpAddress === true;
    return {
        what: `instance ${instance.name}`,
        region: inventory.regionOf(instance),
        reach: open ? "internet" : "private",
        from: [],
        detail: open ? "with a public address" : "no public address; through Session Manager alone",
    };
}

export const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/** Rules that let ranges of addresses in; those between groups stay within the network. */
function rulesOf(inventory: Inventory): Exposure[] {
    const rules = inventory.ofType(ingressRule).flatMap((rule) => {
        const [range] = rangesIn([rule.inputs.cidrIpv4 ?? rule.inputs.cidrIpv6]);
        const component = inventory.componentOf(rule);
        return range === undefined ? [] : [{ rule, range, component }];
    });
    return [...groupBy(rules, ({ rule }) => `${rule.parent} ${portsOf(rule)}`).values()].map(
        (group) => {
            const { rule, component } = group[0]!;
            const from = [...new Set(group.map(({ range }) => range))];
            const owner = component
                ? `${shortType(component.type)} ${component.name}`
                : (textOf(rule.inputs.description) ?? rule.name);
            return {
                what: `${counted(group.length, "rule")} of ${owner}`,
                region: inventory.regionOf(rule),
                reach: from.every(isPrivate) ? "private" : "internet",
                from,
                detail: portsOf(rule),
            };
        },
    );
}

function portsOf({ inputs }: PlannedResource): string {
    const protocol = textOf(inputs.ipProtocol) ?? "";
    if (protocol === "-1") return "every port";
    const [from, to] = [numberOf(inputs.fromPort), numberOf(inputs.toPort)];
    return `${protocol.toUpperCase()} ${from === to ? from : `${from} to ${to}`}`;
}

const isPrivate = (range: string): boolean =>
    /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd])/.test(
        range,
    );

function gatewaysOf(inventory: Inventory): Exposure[] {
    const gateways = inventory.ofType("aws:ec2/natGateway:NatGateway");
    return [
        ...groupBy(gateways, (gateway) => inventory.within(gateway, "aws:ec2/vpc:Vpc")?.urn ?? ""),
    ].map(([, all]) => {
        const network = inventory.within(all[0]!, "aws:ec2/vpc:Vpc");
        return {
            what: `${counted(all.length, "NAT gateway")} of ${network?.name ?? "a network"}`,
            region: inventory.regionOf(all[0]!),
            reach: "outbound",
            from: [],
            detail: all.length === 1 ? "1 public address" : `${all.length} public addresses`,
        };
    });
}
