import type { PlannedResource } from "../offline";
import type { Inventory } from "./inventory";
import { type QuotaDefault, quotaDefaults } from "./quotaDefaults";
import { at, groupBy, listOf, numberOf, sum, textOf, textsOf } from "./values";

export interface QuotaUse {
    readonly region: string;
    readonly quota: QuotaDefault;
    /** What this stack alone needs of it; where it counts by network or group, the most of one. */
    readonly uses: number;
}

/** Quotas that the stack touches, and how far it goes; what the account has besides is not known here. */
export function quotasOf(inventory: Inventory): QuotaUse[] {
    const uses: QuotaUse[] = [];
    const note = (region: string, quota: QuotaDefault, count: number) => {
        if (count > 0) uses.push({ region, quota, uses: count });
    };
    const counted = (type: string) => [
        ...groupBy(inventory.ofType(type), (each) => inventory.regionOf(each)),
    ];
    const most = (
        resources: readonly PlannedResource[],
        keyOf: (resource: PlannedResource) => string,
    ) => Math.max(0, ...[...groupBy(resources, keyOf).values()].map((group) => group.length));

    for (const [region, all] of counted("aws:ec2/vpc:Vpc")) {
        note(region, quotaDefaults.vpcs, all.length);
    }
    for (const [region, all] of counted("aws:ec2/eip:Eip")) {
        note(region, quotaDefaults.addresses, all.length);
    }
    for (const [region, all] of counted("aws:ec2/natGateway:NatGateway")) {
        note(region, quotaDefaults.natGateways, most(all, zoneOf(inventory)));
    }
    for (const [region, all] of counted("aws:ec2/vpcEndpoint:VpcEndpoint")) {
        const interfaces = all.filter(({ inputs }) => inputs.vpcEndpointType === "Interface");
        note(region, quotaDefaults.interfaceEndpoints, most(interfaces, placeOf));
    }
    for (const [region, all] of counted("aws:eks/cluster:Cluster")) {
        note(region, quotaDefaults.clusters, all.length);
        const ranges = all.map(
            ({ inputs }) => listOf(at(inputs, "vpcConfig.publicAccessCidrs")).length,
        );
        note(region, quotaDefaults.publicRanges, Math.max(...ranges));
    }
    for (const [region, all] of counted("aws:eks/nodeGroup:NodeGroup")) {
        note(region, quotaDefaults.nodeGroups, most(all, placeOf));
    }
    for (const [region, all] of counted("aws:lb/loadBalancer:LoadBalancer")) {
        note(region, quotaDefaults.loadBalancers, all.length);
    }
    const rules = inventory.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    for (const [region, all] of groupBy(rules, (each) => inventory.regionOf(each))) {
        note(region, quotaDefaults.rulesOfGroup, most(all, placeOf));
    }
    for (const [region, count] of coresByRegion(inventory)) {
        note(region, quotaDefaults.standardCores, count);
    }
    return uses.sort((a, b) => a.region.localeCompare(b.region));
}

/** Of a NAT gateway: the public subnet that it is in is its parent. */
const zoneOf =
    (inventory: Inventory) =>
    (gateway: PlannedResource): string => {
        const subnet = inventory.within(gateway, "aws:ec2/subnet:Subnet");
        return textOf(subnet?.inputs.availabilityZone) ?? gateway.urn;
    };

const placeOf = ({ parent }: PlannedResource): string => parent ?? "";

function coresByRegion(inventory: Inventory): Map<string, number> {
    const machines = [
        ...inventory.ofType("aws:eks/nodeGroup:NodeGroup").map((group) => ({
            region: inventory.regionOf(group),
            cores:
                coresOf(textsOf(group.inputs.instanceTypes)[0]) *
                (numberOf(at(group.inputs, "scalingConfig.desiredSize")) ?? 0),
        })),
        ...inventory.ofType("aws:ec2/instance:Instance").map((instance) => ({
            region: inventory.regionOf(instance),
            cores: coresOf(textOf(instance.inputs.instanceType)),
        })),
    ];
    return new Map(
        [...groupBy(machines, ({ region }) => region)].map(([region, all]) => [
            region,
            sum(all.map(({ cores }) => cores)),
        ]),
    );
}

/** Of the current generations of the standard families. */
export function coresOf(instanceType = ""): number {
    const [family = "", size = ""] = instanceType.split(".");
    const times = /^(\d*)xlarge$/.exec(size)?.[1];
    if (times !== undefined) return 4 * Number(times || 1);
    return size === "medium" && !family.startsWith("t") ? 1 : 2;
}
