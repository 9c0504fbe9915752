import { Inventory, unknownRegion } from "../plan/inventory";
import { type Machine, machinesIn } from "../plan/machines";
import { groupBy, textOf } from "../plan/values";
import type { PlannedResource } from "../offline";
import type { Plan } from "./context";

/** What a plan asks of one Region. */
export interface RegionNeeds {
    readonly region: string;
    readonly zones: readonly string[];
    /** Those of node groups, and single ones; each type once. */
    readonly machines: readonly Machine[];
    readonly clusters: readonly { readonly name: string; readonly version?: string }[];
    readonly loadBalancers: readonly string[];
    readonly logGroups: readonly string[];
    readonly keyAliases: readonly string[];
    readonly vpcs: number;
    readonly addresses: number;
}

/** What all of a stack is to have in AWS, Region by Region. */
export const needsOf = ({ resources }: Plan): RegionNeeds[] => byRegion(resources, resources);

/** The part of it that is not there yet. */
export const needsOfAdded = ({ resources, added }: Plan): RegionNeeds[] =>
    byRegion(added, resources);

function byRegion(
    some: readonly PlannedResource[],
    all: readonly PlannedResource[],
): RegionNeeds[] {
    // Where a resource is may be told by a provider that is there already.
    const everything = new Inventory(all);
    const inAws = some.filter(({ type }) => type.startsWith("aws:"));
    const regions = groupBy(inAws, (resource) => everything.regionOf(resource));
    regions.delete(unknownRegion);
    return [...regions].map(([region, here]) => inRegion(region, new Inventory(here)));
}

function inRegion(region: string, here: Inventory): RegionNeeds {
    const texts = (type: string, input: string) => [
        ...new Set(here.ofType(type).flatMap((resource) => chosen(resource, input) ?? [])),
    ];
    return {
        region,
        zones: texts("aws:ec2/subnet:Subnet", "availabilityZone").sort(),
        machines: machinesIn(here.resources),
        clusters: here.ofType("aws:eks/cluster:Cluster").flatMap(({ inputs }) => {
            const name = textOf(inputs.name);
            return name === undefined ? [] : [{ name, version: textOf(inputs.version) }];
        }),
        loadBalancers: texts("aws:lb/loadBalancer:LoadBalancer", "name"),
        logGroups: texts("aws:cloudwatch/logGroup:LogGroup", "name"),
        keyAliases: texts("aws:kms/alias:Alias", "name"),
        vpcs: here.ofType("aws:ec2/vpc:Vpc").length,
        addresses: here.ofType("aws:ec2/eip:Eip").length,
    };
}

/** As the program says it: what a provider makes up itself is of no interest to anybody. */
const chosen = ({ inputs }: PlannedResource, input: string): string | undefined => {
    const madeUp = (inputs.__defaults ?? []) as readonly string[];
    return madeUp.includes(input) ? undefined : textOf(inputs[input]);
};
