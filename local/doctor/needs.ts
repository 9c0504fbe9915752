import type { PlannedResource } from "../offline";

/** What a plan asks of one Region. */
export interface RegionNeeds {
    readonly region: string;
    readonly zones: readonly string[];
    /** Instances by type: those of node groups, and single ones. */
    readonly instances: ReadonlyMap<string, number>;
    readonly clusters: readonly { readonly name: string; readonly version?: string }[];
    readonly loadBalancers: readonly string[];
    readonly logGroups: readonly string[];
    readonly keyAliases: readonly string[];
    readonly vpcs: number;
    readonly addresses: number;
}

/** What a plan asks of AWS, Region by Region. */
export function needsOf(resources: readonly PlannedResource[]): RegionNeeds[] {
    const regionOf = regionsOf(resources);
    const regions = new Map<string, PlannedResource[]>();
    for (const resource of resources.filter(({ type }) => type.startsWith("aws:"))) {
        const region = regionOf(resource);
        if (region !== undefined) regions.set(region, [...(regions.get(region) ?? []), resource]);
    }
    return [...regions].map(([region, here]) => inRegion(region, here));
}

function inRegion(region: string, resources: readonly PlannedResource[]): RegionNeeds {
    const of = (type: string) =>
        resources.filter((each) => each.type === type).map(({ inputs }) => inputs);
    const texts = (type: string, input: string) => [
        ...new Set(of(type).flatMap((inputs) => chosen(inputs, input) ?? [])),
    ];
    return {
        region,
        zones: texts("aws:ec2/subnet:Subnet", "availabilityZone").sort(),
        instances: instancesIn(of("aws:eks/nodeGroup:NodeGroup"), of("aws:ec2/instance:Instance")),
        clusters: of("aws:eks/cluster:Cluster").flatMap(({ name, version }) =>
            typeof name === "string" ? [{ name, version: textOf(version) }] : [],
        ),
        loadBalancers: texts("aws:lb/loadBalancer:LoadBalancer", "name"),
        logGroups: texts("aws:cloudwatch/logGroup:LogGroup", "name"),
        keyAliases: texts("aws:kms/alias:Alias", "name"),
        vpcs: of("aws:ec2/vpc:Vpc").length,
        addresses: of("aws:ec2/eip:Eip").length,
    };
}

type Inputs = PlannedResource["inputs"];

function instancesIn(groups: readonly Inputs[], single: readonly Inputs[]): Map<string, number> {
    const instances = new Map<string, number>();
    const add = (type: unknown, count: unknown) => {
        if (typeof type !== "string" || typeof count !== "number") return;
        instances.set(type, (instances.get(type) ?? 0) + count);
    };
    for (const { instanceTypes, scalingConfig } of groups) {
        const { desiredSize } = (scalingConfig ?? {}) as { desiredSize?: unknown };
        // The first is the one that EKS tries first.
        if (Array.isArray(instanceTypes)) add(instanceTypes[0], desiredSize);
    }
    for (const { instanceType } of single) add(instanceType, 1);
    return instances;
}

/** A resource is where it says, or else where its provider is. */
function regionsOf(
    resources: readonly PlannedResource[],
): (resource: PlannedResource) => string | undefined {
    const providers = new Map(
        resources
            .filter(({ type }) => type.startsWith("pulumi:providers:"))
            .map(({ urn, inputs }) => [urn, textOf(inputs.region)]),
    );
    return ({ inputs, provider }) =>
        textOf(inputs.region) ?? (provider === undefined ? undefined : providers.get(provider));
}

const textOf = (value: unknown): string | undefined =>
    typeof value === "string" ? value : undefined;

/** As the program says it: what a provider makes up itself is of no interest to anybody. */
const chosen = (inputs: Inputs, input: string): string | undefined => {
    const madeUp = (inputs.__defaults ?? []) as readonly string[];
    return madeUp.includes(input) ? undefined : textOf(inputs[input]);
};
