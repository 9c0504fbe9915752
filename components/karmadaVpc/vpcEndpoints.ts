import * as ec2 from "@pulumi/aws/ec2";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import type * as pulumi from "@pulumi/pulumi";
import type { Tags } from "../support/amazon";

/** What nodes, their add-ons and a management host call, when they call nobody on the internet. */
const interfaceServices = [
    "autoscaling",
    "ec2",
    "ec2messages",
    "ecr.api",
    "ecr.dkr",
    "eks",
    "eks-auth",
    "elasticloadbalancing",
    "logs",
    "ssm",
    "ssmmessages",
    "sts",
] as const;

export interface EndpointSite {
    readonly region: string;
    readonly cidr: string;
    readonly vpcId: pulumi.Input<string>;
    readonly privateSubnetIds: pulumi.Input<string>[];
    readonly routeTableIds: pulumi.Input<string[]>;
    readonly tags: Tags;
}

const serviceName = (region: string, service: string) =>
    `${region.startsWith("cn-") && service !== "s3" ? "cn." : ""}com.amazonaws.${region}.${service}`;

/** Free of charge, and layers of images come this way instead of through a NAT gateway. */
export function declareGatewayEndpoint(
    name: string,
    { region, vpcId, routeTableIds, tags }: EndpointSite,
    opts: pulumi.CustomResourceOptions,
): void {
    new ec2.VpcEndpoint(
        `${name}-s3`,
        {
            vpcId,
            serviceName: serviceName(region, "s3"),
            vpcEndpointType: "Gateway",
            routeTableIds,
            tags: { ...tags, Name: `${name}-s3` },
        },
        opts,
    );
}

export function declareInterfaceEndpoints(
    name: string,
    { region, cidr, vpcId, privateSubnetIds, tags }: EndpointSite,
    opts: pulumi.CustomResourceOptions,
): void {
    const group = new ec2.SecurityGroup(
        `${name}-endpoints`,
        {
            vpcId,
            description: "Amazon's services, from within the network",
            tags: { ...tags, Name: `${name}-endpoints` },
        },
        opts,
    );
    new SecurityGroupIngressRule(
        `${name}-endpoints-https`,
        {
            securityGroupId: group.id,
            description: "HTTPS from the network",
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            cidrIpv4: cidr,
            tags,
        },
        opts,
    );
    for (const service of interfaceServices) {
        new ec2.VpcEndpoint(
            `${name}-${service}`,
            {
                vpcId,
                serviceName: serviceName(region, service),
                vpcEndpointType: "Interface",
                privateDnsEnabled: true,
                subnetIds: privateSubnetIds,
                securityGroupIds: [group.id],
                tags: { ...tags, Name: `${name}-${service}` },
            },
            opts,
        );
    }
}
