import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import type * as pulumi from "@pulumi/pulumi";
import type { Tags } from "../support/amazon";

export interface Passage {
    readonly vpcId: pulumi.Input<string>;
    readonly nodeSecurityGroupId: pulumi.Input<string>;
    readonly port: number;
    readonly allowedRanges: readonly string[];
    readonly tags: Tags;
}

/** From the listed ranges to the load balancer, from there to the nodes, and nowhere else. */
export function declarePassage(
    name: string,
    { vpcId, nodeSecurityGroupId, port, allowedRanges, tags }: Passage,
    opts: pulumi.CustomResourceOptions,
): { readonly group: SecurityGroup; readonly rules: pulumi.Resource[] } {
    const group = new SecurityGroup(
        `${name}-lb`,
        {
            vpcId,
            description: "Load balancer in front of Karmada's API",
            tags: { ...tags, Name: `${name}-lb` },
        },
        opts,
    );
    const tcp = { ipProtocol: "tcp", fromPort: port, toPort: port, tags };
    const fromClients = allowedRanges.map(
        (cidrIpv4) =>
            new SecurityGroupIngressRule(
                `${name}-from-${cidrIpv4}`,
                {
                    ...tcp,
                    securityGroupId: group.id,
                    cidrIpv4,
                    description: `Clients of Karmada in ${cidrIpv4}`,
                },
                opts,
            ),
    );
    const toNodes = new SecurityGroupEgressRule(
        `${name}-to-nodes`,
        {
            ...tcp,
            securityGroupId: group.id,
            referencedSecurityGroupId: nodeSecurityGroupId,
            description: "Nodes that run Karmada's API servers",
        },
        opts,
    );
    const atNodes = new SecurityGroupIngressRule(
        `${name}-at-nodes`,
        {
            ...tcp,
            securityGroupId: nodeSecurityGroupId,
            referencedSecurityGroupId: group.id,
            description: "Load balancer in front of Karmada's API",
        },
        opts,
    );
    return { group, rules: [...fromClients, toNodes, atNodes] };
}
