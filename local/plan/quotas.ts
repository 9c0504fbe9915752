import type { PlannedResource } from "../offline";
import { ingressRule } from "./exposure";
import type { Inventory } from "./inventory";
import { coresOf, isStandard, machinesIn } from "./machines";
import { type QuotaDefault, quotaDefaults } from "./quotaDefaults";
import { at, groupBy, listOf, sum, textOf } from "./values";

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
    const regionOf = (resource: PlannedResource) => inventory.regionOf(resource);
    const byRegion = (type: string) => [...groupBy(inventory.ofType(type), regionOf)];
    const most = (
        resources: readonly PlannedResource[],
        keyOf: (resource: PlannedResource) => string,
    ) => Math.max(0, ...[...groupBy(resources, keyOf).values()].map((group) => group.length));

    for (const [region, all] of byRegion("aws:ec2/vpc:Vpc")) {
        note(region, quotaDefaults.vpcs, all.length);
    }
    for (const [region, all] of byRegion("aws:ec2/eip:Eip")) {
        note(region, quotaDefaults.addresses, all.length);
    }
    for (const [region, all] of byRegion("aws:ec2/natGateway:NatGateway")) {
        note(region, quotaDefaults.natGateways, most(all, zoneOf(inventory)));
    }
    for (const [region, all] of byRegion("aws:ec2/vpcEndpoint:VpcEndpoint")) {
        const interfaces = all.filter(({ inputs }) => inputs.vpcEndpointType === "Interface");
        note(region, quotaDefaults.interfaceEndpoints, most(interfaces, placeOf));
    }
    for (const [region, all] of byRegion("aws:eks/cluster:Cluster")) {
        note(region, quotaDefaults.clusters, all.length);
        const ranges = all.map(
            ({ inputs }) => listOf(at(inputs, "vpcConfig.publicAccessCidrs")).length,
        );
        note(region, quotaDefaults.publicRanges, Math.max(...ranges));
    }
    for (const [region, all] of byRegion("aws:eks/nodeGroup:NodeGroup")) {
        note(region, quotaDefaults.nodeGroups, most(all, placeOf));
    }
    for (const [region, all] of byRegion("aws:lb/loadBalancer:LoadBalancer")) {
        note(region, quotaDefaults.loadBalancers, all.length);
    }
    for (const [region, all] of byRegion(ingressRule)) {
        note(region, quotaDefaults.rulesOfGroup, most(all, placeOf));
    }
    for (const [region, all] of groupBy(inventory.resources, regionOf)) {
        const standard = machinesIn(all).filter(({ type }) => isStandard(type));
        const cores = sum(standard.map(({ type, count }) => count * coresOf(type)));
        note(region, quotaDefaults.standardCores, cores);
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
