import { Route } from "@pulumi/aws/ec2/route";
import { VpcPeeringConnection } from "@pulumi/aws/ec2/vpcPeeringConnection";
import { VpcPeeringConnectionAccepter } from "@pulumi/aws/ec2/vpcPeeringConnectionAccepter";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../support/after";
import type { Tags } from "../support/amazon";
import { refuse } from "../support/refuse";
import { checkPeering } from "./peeringChecks";

/** One of two networks of the account. */
export interface NetworkEnd {
    readonly region: string;
    readonly vpcId: pulumi.Input<string>;
    /** IPv4 range of the whole network. */
    readonly cidr: string;
    /** Of the subnets that are to reach the other network. */
    readonly routeTableIds: readonly pulumi.Input<string>[];
}

export interface NetworkPeeringArgs {
    readonly one: NetworkEnd;
    readonly other: NetworkEnd;
    readonly tags?: Tags;
}

/** Joins two networks of an account, also across Regions: private addresses of each are reached from the other. */
export class NetworkPeering extends pulumi.ComponentResource {
    /** Known once packets find their way. */
    readonly connectionId: pulumi.Output<string>;

    constructor(name: string, args: NetworkPeeringArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-karmada-eks:index:NetworkPeering", name, {}, opts);
        const { one, other, tags = {} } = args;
        refuse(this, `NetworkPeering "${name}"`, checkPeering({ one, other, tags }));

        const parent = { parent: this };
        const named = { ...tags, Name: name };
        const connection = new VpcPeeringConnection(
            name,
            {
                region: one.region,
                vpcId: one.vpcId,
                peerVpcId: other.vpcId,
                peerRegion: one.region === other.region ? undefined : other.region,
                tags: named,
            },
            parent,
        );
        const accepted = new VpcPeeringConnectionAccepter(
            name,
            {
                region: other.region,
                vpcPeeringConnectionId: connection.id,
                autoAccept: true,
                tags: named,
            },
            parent,
        );
        const routes = [
            ...declareRoutes(`${name}-there`, one, other, accepted.id, parent),
            ...declareRoutes(`${name}-back`, other, one, accepted.id, parent),
        ];
        this.connectionId = after(accepted.id, routes);
        this.registerOutputs({ connectionId: this.connectionId });
    }
}

const declareRoutes = (
    name: string,
    from: NetworkEnd,
    to: NetworkEnd,
    vpcPeeringConnectionId: pulumi.Output<string>,
    opts: pulumi.CustomResourceOptions,
): Route[] =>
    from.routeTableIds.map(
        (routeTableId, at) =>
            new Route(
                `${name}-${at + 1}`,
                {
                    region: from.region,
                    routeTableId,
                    destinationCidrBlock: to.cidr,
                    vpcPeeringConnectionId,
                },
                opts,
            ),
    );
