const vpcQuotas = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html";
const eksQuotas = "https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html";

export interface QuotaDefault {
    readonly name: string;
    /** What an account has before it asks for more. */
    readonly value: number;
    /** By which Service Quotas knows it. */
    readonly service: string;
    readonly code: string;
    readonly source: string;
}

/** AWS's defaults per account and Region, as of 2026-11-21. */
export const quotaDefaults = {
    vpcs: {
        name: "VPCs",
        value: 5,
        service: "vpc",
        code: "L-F678F1CE",
        source: vpcQuotas,
    },
    addresses: {
        name: "Elastic IP addresses",
        value: 5,
        service: "ec2",
        code: "L-0263D0A3",
        source: vpcQuotas,
    },
    natGateways: {
        name: "NAT gateways in a zone",
        value: 5,
        service: "vpc",
        code: "L-FE5A380F",
        source: vpcQuotas,
    },
    interfaceEndpoints: {
        name: "interface endpoints in a VPC",
        value: 50,
        service: "vpc",
        code: "L-29B6F2EB",
        source: vpcQuotas,
    },
    rulesOfGroup: {
        name: "rules in a security group, a direction",
        value: 60,
        service: "vpc",
        code: "L-0EA8095F",
        source: vpcQuotas,
    },
    clusters: {
        name: "EKS clusters",
        value: 100,
        service: "eks",
        code: "L-1194D53C",
        source: eksQuotas,
    },
    nodeGroups: {
        name: "node groups in a cluster",
        value: 30,
        service: "eks",
        code: "L-6D54EA21",
        source: eksQuotas,
    },
    publicRanges: {
        name: "ranges of a cluster's public endpoint",
        value: 40,
        service: "eks",
        code: "L-93A74D60",
        source: eksQuotas,
    },
    loadBalancers: {
        name: "network load balancers",
        value: 50,
        service: "elasticloadbalancing",
        code: "L-69A177A2",
        source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html",
    },
    standardCores: {
        name: "vCPUs of standard on-demand instances",
        value: 5,
        service: "ec2",
        code: "L-1216C47A",
        source: "https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html",
    },
} as const satisfies Readonly<Record<string, QuotaDefault>>;
