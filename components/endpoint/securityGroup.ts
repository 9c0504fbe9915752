import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import * as pulumi from "@pulumi/pulumi";
import type { Tags } from "../support/amazon";

export interface Passage {
    readonly vpcId: pulumi.Input<string>;
    readonly nodeSecurityGroupId: pulumi.Input<string>;
    readonly port: number;
    readonly allowedRanges: readonly string[];
    readonly allowedAddresses: Readonly<Record<string, pulumi.Input<string>>>;
    readonly tags: Tags;
}

/** From the listed ranges to the load balancer, from there to the nodes, and nowhere else. */
export function declarePassage(
    name: string,
    { vpcId, nodeSecurityGroupId, port, allowedRanges, allowedAddresses, tags }: Passage,
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
    const clients: [who: string, cidrIpv4: pulumi.Input<string>, description: string][] = [
        ...allowedRanges.map((range): [string, string, string] => [
            range,
            range,
            `Clients of Karmada in ${range}`,
        ]),
        ...Object.entries(allowedAddresses).map(
            ([who, address]): [string, pulumi.Output<string>, string] => [
                who,
                pulumi.interpolate`${address}/32`,
                `Clients of Karmada behind ${who}`,
            ],
        ),
    ];
    const fromClients = clients.map(
        ([who, cidrIpv4, description]) =>
            new SecurityGroupIngressRule(
                `${name}-from-${who}`,
                { ...tcp, securityGroupId: group.id, cidrIpv4, description },
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
