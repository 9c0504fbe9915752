import type { OfflinePreview, PlannedResource } from "../../../../local/offline";

const urnOf = (type: string, name: string): string =>
    `urn:pulumi:test::pulumi-karmada-eks::${type}::${name}`;

/** A resource as a preview tells it, with as little as a test needs. */
export function planned(
    type: string,
    name: string,
    inputs: Readonly<Record<string, unknown>> = {},
    {
        within,
        after = [],
        region = "eu-central-1",
    }: {
        readonly within?: PlannedResource;
        readonly after?: readonly PlannedResource[];
        readonly region?: string;
    } = {},
): PlannedResource {
    return {
        urn: urnOf(type, name),
        type,
        name,
        ...(within && { parent: within.urn }),
        inputs,
        ...(type.startsWith("aws:") && { provider: providerOf(region).urn }),
        dependencies: after.map(({ urn }) => urn),
        protect: false,
    };
}

export const providerOf = (region: string): PlannedResource =>
    planned("pulumi:providers:aws", `aws-${region}`, { region });

/** A component of this project. */
export const component = (type: string, name: string): PlannedResource =>
    planned(`pulumi-karmada-eks:index:${type}`, name);

/** A network of two zones, of which the first has a NAT gateway. */
export function network(name: string, cidrBlock: string, region = "eu-central-1") {
    const around = component("KarmadaVpc", name);
    const vpc = planned("aws:ec2/vpc:Vpc", name, { cidrBlock }, { within: around, region });
    const zones = ["a", "b"].flatMap((letter, at) => {
        const subnet = (kind: string, mapPublicIpOnLaunch: boolean) =>
            planned(
                "aws:ec2/subnet:Subnet",
                `${name}-${kind}-${at + 1}`,
                {
                    availabilityZone: `${region}${letter}`,
                    mapPublicIpOnLaunch,
                    cidrBlock: `${kind} ${letter}`,
                },
                { within: vpc, region },
            );
        const open = subnet("public", true);
        const gateway = [
            planned("aws:ec2/eip:Eip", `${name}-1`, {}, { within: open, region }),
            planned("aws:ec2/natGateway:NatGateway", `${name}-1`, {}, { within: open, region }),
        ];
        return [open, ...(at === 0 ? gateway : []), subnet("private", false)];
    });
    return [providerOf(region), around, vpc, ...zones];
}

/** An EKS cluster with a group of nodes. */
export function cluster(
    name: string,
    {
        region = "eu-central-1",
        instanceType = "m7i.large",
        nodes = 3,
        vpcConfig = { endpointPublicAccess: false },
    }: {
        readonly region?: string;
        readonly instanceType?: string;
        readonly nodes?: number;
        readonly vpcConfig?: Readonly<Record<string, unknown>>;
    } = {},
) {
    const around = component("KarmadaParentCluster", name);
    const place = { within: around, region };
    const template = planned(
        "aws:ec2/launchTemplate:LaunchTemplate",
        `${name}-nodes`,
        { blockDeviceMappings: [{ ebs: { volumeSize: 50 } }] },
        place,
    );
    return [
        around,
        planned(
            "aws:eks/cluster:Cluster",
            `${name}-eksCluster`,
            { name: `${name}-in-eks`, version: "1.36", vpcConfig },
            place,
        ),
        template,
        planned(
            "aws:eks/nodeGroup:NodeGroup",
            `${name}-nodes`,
            { instanceTypes: [instanceType], scalingConfig: { desiredSize: nodes } },
            { ...place, after: [template] },
        ),
    ];
}

export function balancer(internal: boolean, ranges: readonly unknown[]) {
    const around = component("KarmadaEndpoint", "karmada");
    const within = { within: around };
    return [
        around,
        planned(
            "aws:lb/loadBalancer:LoadBalancer",
            "karmada-lb",
            { name: "karmada-lb", internal, subnets: ["a", "b", "c"] },
            within,
        ),
        planned("aws:lb/listener:Listener", "karmada-tcp", { port: 32443 }, within),
        ...ranges.map((cidrIpv4, at) =>
            planned(
                "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                `karmada-from-${at}`,
                { cidrIpv4, ipProtocol: "tcp", fromPort: 32443, toPort: 32443 },
                within,
            ),
        ),
    ];
}

export const etcd = (replicas: number): PlannedResource =>
    planned("kubernetes:apps/v1:StatefulSet", "karmada-etcd", {
        metadata: { name: "etcd" },
        spec: {
            replicas,
            volumeClaimTemplates: [{ spec: { resources: { requests: { storage: "10Gi" } } } }],
        },
    });

export const member = (name: string, syncMode: "Push" | "Pull", region: string): PlannedResource =>
    planned("kubernetes:cluster.karmada.io/v1alpha1:Cluster", `${name}-cluster`, {
        metadata: { name },
        spec: { syncMode, region },
    });

/** A preview of these resources, with as little else as a test needs. */
export const preview = (
    resources: readonly PlannedResource[],
    told: Partial<OfflinePreview> = {},
): OfflinePreview => ({
    stack: "dev",
    exitCode: 0,
    resources,
    outputs: {},
    takenToBeThere: [],
    diagnostics: [],
    policies: { violations: [], judgements: [] },
    ...told,
});
