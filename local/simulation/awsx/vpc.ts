import * as pulumi from "@pulumi/pulumi";
import { awsResource, type AwsResource } from "../remote/awsResource";
import type { RemoteComponent } from "../remote/serve";
import { readArgs, type VpcArgs } from "./vpcArgs";

type Zone = { readonly name: string; readonly at: number };

/** The resources that awsx makes of explicit ranges, by the same names, under the same parents. */
export function vpc(
    name: string,
    inputs: pulumi.Inputs,
    opts: pulumi.ComponentResourceOptions,
): RemoteComponent {
    const args = readArgs(inputs);
    const resource = new pulumi.ComponentResource("awsx:ec2:Vpc", name, {}, opts);
    const tags = { Name: name, ...args.tags };
    const network = awsResource("ec2/vpc:Vpc", name, { ...args.network, tags }, [], {
        parent: resource,
    });
    const internetGateway = awsResource(
        "ec2/internetGateway:InternetGateway",
        name,
        { vpcId: network.id, tags },
        [],
        { parent: network, dependsOn: [network] },
    );
    const made = new Made(name, args, network, internetGateway);
    args.zones.forEach((zone, at) => made.addZone({ name: zone, at }));
    const ids = (subnets: AwsResource[]) => subnets.map(({ id }) => id);
    const state = {
        vpc: network,
        vpcId: network.id,
        internetGateway,
        subnets: [...made.subnets.Public, ...made.subnets.Private, ...made.subnets.Isolated],
        publicSubnets: made.subnets.Public,
        publicSubnetIds: ids(made.subnets.Public),
        privateSubnets: made.subnets.Private,
        privateSubnetIds: ids(made.subnets.Private),
        isolatedSubnets: made.subnets.Isolated,
        isolatedSubnetIds: ids(made.subnets.Isolated),
        routeTables: made.routeTables,
        routeTableAssociations: made.associations,
        routes: made.routes,
        natGateways: made.natGateways,
        eips: made.addresses,
        vpcEndpoints: [],
        subnetLayout: args.subnetSpecs.map(({ type, name, cidrBlocks }) => ({
            type,
            name,
            cidrBlocks,
        })),
    };
    return { resource, state };
}

class Made {
    readonly subnets: Record<"Public" | "Private" | "Isolated", AwsResource[]> = {
        Public: [],
        Private: [],
        Isolated: [],
    };
    readonly routeTables: AwsResource[] = [];
    readonly associations: AwsResource[] = [];
    readonly routes: AwsResource[] = [];
    readonly natGateways: AwsResource[] = [];
    readonly addresses: AwsResource[] = [];

    constructor(
        private readonly name: string,
        private readonly args: VpcArgs,
        private readonly network: AwsResource,
        private readonly internetGateway: AwsResource,
    ) {}

    addZone(zone: Zone): void {
        for (const type of ["Public", "Private", "Isolated"] as const) {
            for (const spec of this.args.subnetSpecs.filter((each) => each.type === type)) {
                this.addSubnet(zone, spec);
            }
        }
    }

    private addSubnet(zone: Zone, spec: VpcArgs["subnetSpecs"][number]): void {
        const { type, name: specName = type.toLowerCase(), cidrBlocks, tags } = spec;
        // By its place, whatever its tag says: awsx keeps the identity of subnets so.
        const name = `${this.name}-${specName}-${zone.at + 1}`;
        const shown =
            this.args.subnetNameTagStrategy === "AvailabilityZone"
                ? `${this.name}-${specName}-${zone.name.replace(/^[a-z]{2}(-[a-z]+)+-/, "")}`
                : name;
        const common = { Name: this.name, ...this.args.tags };
        const named = { Name: shown, SubnetType: type };
        const vpcId = this.network.id;
        const subnet = awsResource(
            "ec2/subnet:Subnet",
            name,
            {
                vpcId,
                availabilityZone: zone.name,
                mapPublicIpOnLaunch: type === "Public",
                cidrBlock: cidrBlocks[zone.at],
                assignIpv6AddressOnCreation: false,
                tags: { ...common, ...tags, ...named },
            },
            [],
            { parent: this.network, dependsOn: [this.network] },
        );
        this.subnets[type].push(subnet);
        const routeTable = awsResource(
            "ec2/routeTable:RouteTable",
            name,
            { vpcId, tags: { ...common, ...named } },
            [],
            { parent: subnet, dependsOn: [subnet] },
        );
        this.routeTables.push(routeTable);
        const beneath = { parent: routeTable, dependsOn: [routeTable] };
        this.associations.push(
            awsResource(
                "ec2/routeTableAssociation:RouteTableAssociation",
                name,
                { routeTableId: routeTable.id, subnetId: subnet.id },
                [],
                beneath,
            ),
        );
        if (type === "Public" && this.needsGateway(zone.at)) this.addGateway(zone.at, subnet);
        const target = this.wayOut(type, zone.at);
        if (target === undefined) return;
        this.routes.push(
            awsResource(
                "ec2/route:Route",
                name,
                { routeTableId: routeTable.id, ...target, destinationCidrBlock: "0.0.0.0/0" },
                [],
                beneath,
            ),
        );
    }

    private needsGateway(at: number): boolean {
        const { strategy } = this.args.natGateways;
        return strategy === "OnePerAz" || (strategy === "Single" && at === 0);
    }

    private addGateway(at: number, subnet: AwsResource): void {
        const name = `${this.name}-${at + 1}`;
        const tags = { ...this.args.tags, Name: name };
        const beneath = { parent: subnet, dependsOn: [subnet] };
        const address = awsResource("ec2/eip:Eip", name, { tags }, ["allocationId"], beneath);
        this.addresses.push(address);
        this.natGateways.push(
            awsResource(
                "ec2/natGateway:NatGateway",
                name,
                { subnetId: subnet.id, allocationId: address.allocationId, tags },
                [],
                beneath,
            ),
        );
    }

    private wayOut(type: string, at: number): pulumi.Inputs | undefined {
        if (type === "Public") return { gatewayId: this.internetGateway.id };
        const gateway =
            this.args.natGateways.strategy === "Single"
                ? this.natGateways[0]
                : this.natGateways[at];
        return type === "Private" && gateway !== undefined
            ? { natGatewayId: gateway.id }
            : undefined;
    }
}
