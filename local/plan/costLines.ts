import type { PlannedResource } from "../offline";
import { assumed } from "./assumptions";
import type { Inventory } from "./inventory";
import { instanceHour, priceTable, type RegionalPrices } from "./prices";
import { at, listOf, numberOf, sum, textOf, textsOf } from "./values";

/** Something that is paid for; without a price where none is known. */
export interface Charge {
    readonly what: string;
    readonly quantity: number;
    readonly unit: "h" | "GB" | "GiB" | "keys";
    readonly price: number | undefined;
    /** What was assumed about its use. */
    readonly assuming?: string;
}

type Charging = (
    resource: PlannedResource,
    prices: RegionalPrices,
    inventory: Inventory,
) => readonly Charge[];

const month = priceTable.hoursPerMonth;

/** Everything of AWS that costs by itself, and how. */
export const charging: Readonly<Record<string, Charging>> = {
    "aws:eks/cluster:Cluster": (_, prices) => [hours("EKS control planes", 1, prices.clusterHour)],
    "aws:eks/nodeGroup:NodeGroup": (group, prices, inventory) => {
        const count = numberOf(at(group.inputs, "scalingConfig.desiredSize")) ?? 0;
        const type = textsOf(group.inputs.instanceTypes)[0] ?? "of an unknown type";
        const disk = sum(
            templatesOf(group, inventory).flatMap((template) =>
                listOf(template.inputs.blockDeviceMappings).map(
                    (device) => numberOf(at(device, "ebs.volumeSize")) ?? 0,
                ),
            ),
        );
        return [
            hours(`nodes, ${type}`, count, instanceHour(prices, type)),
            volume("disks of nodes, gp3", count * disk, prices),
        ];
    },
    "aws:ec2/instance:Instance": ({ inputs }, prices) => {
        const type = textOf(inputs.instanceType) ?? "of an unknown type";
        const disk = numberOf(at(inputs, "rootBlockDevice.volumeSize")) ?? 0;
        return [
            hours(`management hosts, ${type}`, 1, instanceHour(prices, type)),
            volume("disks of management hosts, gp3", disk, prices),
        ];
    },
    "aws:ec2/natGateway:NatGateway": (_, prices) => [
        hours("NAT gateways", 1, prices.natHour),
        data("NAT data", assumed.natGB, prices.natGB, "a gateway"),
    ],
    "aws:ec2/eip:Eip": (_, prices) => [hours("public addresses", 1, prices.publicAddressHour)],
    "aws:lb/loadBalancer:LoadBalancer": (balancer, prices) => {
        const zones = listOf(balancer.inputs.subnets).length || 3;
        const addresses = balancer.inputs.internal === false ? zones : 0;
        return [
            hours("network load balancers", 1, prices.balancerHour),
            {
                ...hours("use of load balancers", assumed.balancerUnits, prices.balancerUnitHour),
                assuming: `${assumed.balancerUnits} capacity units on average`,
            },
            hours("public addresses", addresses, prices.publicAddressHour),
        ];
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": ({ inputs }, prices) => {
        if (inputs.vpcEndpointType !== "Interface") return [];
        const zones = listOf(inputs.subnetIds).length || 3;
        return [
            hours("interface endpoints, a zone each", zones, prices.endpointHour),
            data("endpoint data", assumed.endpointGB, prices.endpointGB, "an endpoint"),
        ];
    },
    "aws:kms/key:Key": (_, prices) => [
        {
            what: "keys",
            quantity: 1,
            unit: "keys",
            price: prices.keyMonth,
            assuming: "a key's first year; each of its first two rotations adds as much",
        },
    ],
    "aws:cloudwatch/logGroup:LogGroup": ({ inputs }, prices) => {
        const ofCluster = textOf(inputs.name)?.startsWith("/aws/eks/") ?? false;
        return [
            ofCluster
                ? data("logs of control planes", assumed.clusterLogGB, prices.logGB, "a cluster")
                : data("flow logs", assumed.flowLogGB, prices.logGB, "a network"),
        ];
    },
    "aws:s3/bucket:Bucket": (_, prices) => [
        data("snapshots in S3", assumed.bucketGB, prices.bucketGBMonth, "a bucket"),
    ],
    "kubernetes:apps/v1:StatefulSet": ({ inputs }, prices) => {
        const replicas = numberOf(at(inputs, "spec.replicas")) ?? 1;
        const claims = listOf(at(inputs, "spec.volumeClaimTemplates"));
        const each = sum(
            claims.map((claim) => gibibytes(at(claim, "spec.resources.requests.storage"))),
        );
        return [volume("volumes of etcd, gp3", replicas * each, prices)];
    },
};

/** The part of AWS that a stack uses and that is free, or is paid for as something else. */
const free = [
    /^aws:(iam|autoscaling|budgets|vpc)\//,
    /^aws:kms\/alias:/,
    /^aws:s3\/bucket[A-Z]/,
    /^aws:eks\/(accessEntry|accessPolicyAssociation|addon|podIdentityAssociation|cluster|nodeGroup):/,
    /^aws:ec2\/(vpc|vpcPeeringConnection|vpcPeeringConnectionAccepter):/,
    /^aws:ec2\/(subnet|routeTable|routeTableAssociation|route|internetGateway):/,
    /^aws:ec2\/(securityGroup|defaultSecurityGroup|launchTemplate|flowLog):/,
    /^aws:lb\/(listener|targetGroup):/,
    /^aws:route53\/record:/,
];

export const isFree = ({ type }: PlannedResource): boolean =>
    !type.startsWith("aws:") || free.some((pattern) => pattern.test(type));

export function templatesOf(group: PlannedResource, inventory: Inventory): PlannedResource[] {
    const template = "aws:ec2/launchTemplate:LaunchTemplate";
    const known = inventory.before(group, template);
    const near = inventory.ofType(template).filter(({ parent }) => parent === group.parent);
    return (known.length > 0 ? known : near).slice(0, 1);
}

const hours = (what: string, count: number, price: number | undefined): Charge => ({
    what,
    quantity: count * month,
    unit: "h",
    price,
});

const volume = (what: string, size: number, { diskGiBMonth }: RegionalPrices): Charge => ({
    what,
    quantity: size,
    unit: "GiB",
    price: diskGiBMonth,
});

const data = (what: string, size: number, price: number | undefined, each: string): Charge => ({
    what,
    quantity: size,
    unit: "GB",
    price,
    assuming: `${size} GB ${each}`,
});

function gibibytes(size: unknown): number {
    const [, number, unit] = /^(\d+)(Gi|Ti)$/.exec(textOf(size) ?? "") ?? [];
    return number === undefined ? 0 : Number(number) * (unit === "Ti" ? 1024 : 1);
}
