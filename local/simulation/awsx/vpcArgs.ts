import type * as pulumi from "@pulumi/pulumi";

export interface VpcArgs {
    /** What goes to the network itself. */
    readonly network: pulumi.Inputs;
    readonly zones: readonly string[];
    readonly natGateways: { readonly strategy: "None" | "Single" | "OnePerAz" };
    readonly subnetNameTagStrategy?: string;
    readonly subnetSpecs: readonly {
        readonly type: "Public" | "Private" | "Isolated";
        readonly name?: string;
        readonly cidrBlocks: readonly string[];
        readonly tags?: pulumi.Inputs;
    }[];
    readonly tags?: pulumi.Inputs;
}

const ofNetwork = [
    "assignGeneratedIpv6CidrBlock",
    "cidrBlock",
    "enableDnsHostnames",
    "enableDnsSupport",
    "enableNetworkAddressUsageMetrics",
    "instanceTenancy",
];

/** awsx knows more ways to say what it is to make; this is the one that leaves nothing to it. */
export function readArgs(inputs: pulumi.Inputs): VpcArgs {
    const { availabilityZoneNames, natGateways, subnetSpecs, subnetStrategy } = inputs;
    const explicit = ["Auto", "Exact"].includes(subnetStrategy as string);
    if (!explicit || !Array.isArray(subnetSpecs) || !Array.isArray(availabilityZoneNames)) {
        throw new Error(
            "The simulated Vpc needs availabilityZoneNames, subnetSpecs, and subnetStrategy Auto or Exact.",
        );
    }
    const specs = subnetSpecs as VpcArgs["subnetSpecs"];
    if (specs.some(({ cidrBlocks }) => cidrBlocks?.length !== availabilityZoneNames.length)) {
        throw new Error("The simulated Vpc needs cidrBlocks: one for each zone.");
    }
    return {
        network: Object.fromEntries(
            ofNetwork.filter((key) => inputs[key] !== undefined).map((key) => [key, inputs[key]]),
        ),
        zones: availabilityZoneNames as string[],
        natGateways: (natGateways as VpcArgs["natGateways"] | undefined) ?? {
            strategy: "OnePerAz",
        },
        subnetNameTagStrategy: inputs.subnetNameTagStrategy as string | undefined,
        subnetSpecs: specs,
        tags: inputs.tags as pulumi.Inputs | undefined,
    };
}
