import * as ec2 from "@pulumi/aws/ec2";
import { Vpc } from "@pulumi/awsx/ec2/vpc";
import * as pulumi from "@pulumi/pulumi";
import type { Tags } from "../support/amazon";
import { given } from "../support/givenArgs";
import { refuse } from "../support/refuse";
import { checkFound, type ExistingNetwork, type FoundSubnet } from "./existingNetwork";
import { declareFlowLogs } from "./flowLogs";
import { NatMode } from "./natMode";
import { planSubnets } from "./subnetPlan";
import { checkNetwork, checkReference, type NetworkFacts, networkFacts } from "./vpcChecks";
import { declareGatewayEndpoint, declareInterfaceEndpoints } from "./vpcEndpoints";

export interface KarmadaVpcArgs {
    /** Region of the provider in use, e.g. "eu-central-1". */
    readonly region: string;
    /** A network to use instead of a new one; then nothing below is said. */
    readonly existing?: ExistingNetwork;
    /**
     * IPv4 range of the whole network: private, "/16" to "/22".
     * @default "10.0.0.0/16"
     */
    readonly cidr?: string;
    /**
     * Three zones, or four. A zone is added at the end of the list, which leaves the others as they are;
     * any other change replaces subnets.
     * @default those that end in a, b and c
     */
    readonly zones?: readonly string[];
    /**
     * How nodes reach the internet: "none", "single" or "perZone".
     * @default "perZone"
     */
    readonly nat?: NatMode;
    /**
     * Whether Amazon's services are reached without leaving the network. Each costs by the hour and zone.
     * @default false
     */
    readonly interfaceEndpoints?: boolean;
    /** Ranges of networks which are to be joined with this one, such as the members'. */
    readonly apartFrom?: readonly string[];
    /**
     * How long it is kept who talked to whom.
     * @default 30
     */
    readonly flowLogDays?: number;
    /** Tags of everything that is made. */
    readonly tags?: Tags;
}

/** A network for the parent cluster: subnets in three zones, a way out, no way in. Or one that exists. */
export class KarmadaVpc extends pulumi.ComponentResource {
    readonly vpcId: pulumi.Output<string>;
    /** In the order of the zones; each is known on its own, also while one is still to be made. */
    readonly publicSubnetIds: pulumi.Output<string>[];
    readonly privateSubnetIds: pulumi.Output<string>[];
    /** Route tables of the private subnets, in the same order; none for a network that exists. */
    readonly privateRouteTableIds: pulumi.Output<string>[];
    /** Addresses from which its nodes call the internet; none when that is not known or not possible. */
    readonly natAddresses: pulumi.Output<string>[];

    constructor(name: string, args: KarmadaVpcArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-karmada-eks:index:KarmadaVpc", name, {}, opts);
        const what = `KarmadaVpc "${name}"`;
        const { region, existing, ...rest } = args;
        const outputs = existing
            ? this.look(what, region, existing, rest)
            : this.declare(name, what, region, rest);
        this.vpcId = outputs.vpcId;
        this.publicSubnetIds = outputs.publicSubnetIds;
        this.privateSubnetIds = outputs.privateSubnetIds;
        this.privateRouteTableIds = outputs.privateRouteTableIds;
        this.natAddresses = outputs.natAddresses;
        this.registerOutputs({ ...outputs });
    }

    private declare(name: string, what: string, region: string, args: NewNetwork): VpcOutputs {
        const facts = networkFacts({ region, ...args });
        refuse(this, what, checkNetwork(facts));

        const parent = { parent: this };
        const vpc = declareVpc(name, facts, parent);
        new ec2.DefaultSecurityGroup(
            `${name}-default`,
            // Without rules: what is put into no group of its own talks to nobody.
            { vpcId: vpc.vpcId, ingress: [], egress: [], tags: { ...facts.tags, Name: "unused" } },
            parent,
        );
        declareFlowLogs(name, vpc.vpcId, facts, parent);
        const site = {
            ...facts,
            vpcId: vpc.vpcId,
            privateSubnetIds: each(vpc.privateSubnetIds, facts.zones),
            routeTableIds: vpc.routeTables.apply((all) => pulumi.all(all.map(({ id }) => id))),
        };
        declareGatewayEndpoint(name, site, parent);
        if (facts.interfaceEndpoints) declareInterfaceEndpoints(name, site, parent);
        return {
            vpcId: vpc.vpcId,
            publicSubnetIds: each(vpc.publicSubnetIds, facts.zones),
            privateSubnetIds: site.privateSubnetIds,
            // Behind each zone's public one, in the list of all.
            privateRouteTableIds: facts.zones.map((_, at) => vpc.routeTables[2 * at + 1]!.id),
            natAddresses: facts.zones
                .slice(0, gatewaysOf[facts.nat](facts.zones.length))
                .map((_, at) => vpc.eips[at]!.publicIp),
        };
    }

    /** Looked up already in a preview; nothing gets to see the ids before they have passed. */
    private look(
        what: string,
        region: string,
        existing: ExistingNetwork,
        rest: NewNetwork,
    ): VpcOutputs {
        refuse(this, what, checkReference(region, existing, Object.keys(given(rest))));
        const { vpcId, privateSubnetIds, publicSubnetIds = [], natAddresses = [] } = existing;
        const find = (ids: readonly string[]): pulumi.Output<FoundSubnet[]> =>
            pulumi.all(ids.map((id) => ec2.getSubnetOutput({ id }, { parent: this })));
        const vpc = ec2.getVpcOutput({ id: vpcId }, { parent: this });
        const checked = pulumi
            .all([vpc, find(privateSubnetIds), find(publicSubnetIds)])
            .apply(([found, inPrivate, inPublic]) => {
                const network = { ...found, private: inPrivate, public: inPublic };
                refuse(this, what, checkFound(existing, network));
                return existing;
            });
        return {
            vpcId: checked.apply(() => vpcId),
            publicSubnetIds: publicSubnetIds.map((id) => checked.apply(() => id)),
            privateSubnetIds: privateSubnetIds.map((id) => checked.apply(() => id)),
            privateRouteTableIds: [],
            natAddresses: natAddresses.map((address) => checked.apply(() => address)),
        };
    }
}

type NewNetwork = Omit<KarmadaVpcArgs, "region" | "existing">;
type VpcOutputs = Pick<
    KarmadaVpc,
    "vpcId" | "publicSubnetIds" | "privateSubnetIds" | "privateRouteTableIds" | "natAddresses"
>;

/** By lifting, which goes on where a part of the list is not known yet. */
const each = (ids: pulumi.Output<string[]>, zones: readonly string[]): pulumi.Output<string>[] =>
    zones.map((_, at) => ids[at]!);

const gateways = {
    [NatMode.None]: "None",
    [NatMode.Single]: "Single",
    [NatMode.PerZone]: "OnePerAz",
} as const;

const gatewaysOf: Readonly<Record<NatMode, (zones: number) => number>> = {
    [NatMode.None]: () => 0,
    [NatMode.Single]: () => 1,
    [NatMode.PerZone]: (zones) => zones,
};

/** Every argument whose default could change, or has, is said. */
function declareVpc(
    name: string,
    { cidr, zones, nat, tags }: NetworkFacts,
    opts: pulumi.ComponentResourceOptions,
): Vpc {
    const plan = planSubnets(cidr, zones);
    return new Vpc(
        name,
        {
            cidrBlock: cidr,
            availabilityZoneNames: [...zones],
            instanceTenancy: "default",
            enableDnsSupport: true,
            // A private endpoint of EKS is found by name.
            enableDnsHostnames: true,
            enableNetworkAddressUsageMetrics: false,
            assignGeneratedIpv6CidrBlock: false,
            natGateways: { strategy: gateways[nat] },
            // With explicit ranges: "Exact" would forbid to leave any for a zone to come.
            subnetStrategy: "Auto",
            subnetNameTagStrategy: "AvailabilityZone",
            subnetSpecs: [
                {
                    type: "Public",
                    name: "public",
                    cidrBlocks: plan.map(({ publicRange }) => publicRange),
                    tags: { "kubernetes.io/role/elb": "1" },
                },
                {
                    type: "Private",
                    name: "private",
                    cidrBlocks: plan.map(({ privateRange }) => privateRange),
                    tags: { "kubernetes.io/role/internal-elb": "1" },
                },
            ],
            tags,
        },
        opts,
    );
}
