import { type Settings, StackKind } from "../../stacks/parseSettings";
import type { Cloud } from "../simulation/cloud/cloud";
import type { JsonMap } from "../simulation/cloud/json";

/** What is there by the word of the stack file alone. */
export function takenToBeThere(settings: Settings): string[] {
    return [...runsKarmada(settings), ...joins(settings)];
}

function runsKarmada(settings: Settings): string[] {
    if (settings.kind === StackKind.Existing) {
        return [`Karmada of ${settings.karmada.kubeconfig}`];
    }
    if (settings.kind === StackKind.Member) {
        return [`stack ${settings.hub}, whose Karmada lets members join by push and by pull`];
    }
    const { network, parent } = settings;
    return [
        ...(network.existing ? [`network ${network.existing.vpcId} and its subnets`] : []),
        ...(parent.existing ? [`EKS cluster ${parent.existing.clusterName} and its nodes`] : []),
    ];
}

function joins(settings: Settings): string[] {
    const ofFile = (file: string) => `the cluster of ${file}`;
    if (settings.kind === StackKind.Existing) {
        return settings.members.map(({ kubeconfig }) => ofFile(kubeconfig));
    }
    return settings.members.flatMap(({ place }) => {
        if ("kubeconfig" in place) return [ofFile(place.kubeconfig)];
        return "existingCluster" in place ? [`EKS cluster ${place.existingCluster}`] : [];
    });
}

/** Puts there what the stack file says is there, and as the program wants it: offline nobody can look. */
export function placeExisting(cloud: Cloud, settings: Settings): void {
    if (settings.kind === StackKind.Existing) return;
    const clusters = settings.members.flatMap(({ place }) =>
        "existingCluster" in place ? [place.existingCluster] : [],
    );
    for (const name of clusters) placeCluster(cloud, name);
    if (settings.kind === StackKind.Member) return;
    const { network, parent, region } = settings;
    if (network.existing) placeNetwork(cloud, region, network.existing);
    if (parent.existing) {
        const { clusterName, nodeGroups } = parent.existing;
        placeCluster(cloud, clusterName, network.existing?.vpcId);
        for (const group of nodeGroups) {
            place(cloud, "aws:eks/nodeGroup:NodeGroup", `${clusterName}:${group}`, {
                nodeRoleArn: `arn:aws:iam::111122223333:role/${group}`,
                resources: [{ autoscalingGroups: [{ name: `eks-${group}` }] }],
            });
        }
    }
}

function placeNetwork(
    cloud: Cloud,
    region: string,
    network: {
        readonly vpcId: string;
        readonly privateSubnetIds: readonly string[];
        readonly publicSubnetIds?: readonly string[];
    },
): void {
    const { vpcId, privateSubnetIds, publicSubnetIds = [] } = network;
    place(cloud, "aws:ec2/vpc:Vpc", vpcId, {
        cidrBlock: "10.0.0.0/16",
        enableDnsHostnames: true,
        enableDnsSupport: true,
    });
    const placeSubnets = (ids: readonly string[], mapPublicIpOnLaunch: boolean) =>
        ids.forEach((id, at) => {
            const availabilityZone = region + "abcdef"[at % 6];
            place(cloud, "aws:ec2/subnet:Subnet", id, {
                vpcId,
                availabilityZone,
                mapPublicIpOnLaunch,
            });
        });
    placeSubnets(privateSubnetIds, false);
    placeSubnets(publicSubnetIds, true);
}

const placeCluster = (cloud: Cloud, name: string, vpcId = "vpc-00000000000000000"): void =>
    place(cloud, "aws:eks/cluster:Cluster", name, {
        name,
        arn: `arn:aws:eks:::cluster/${name}`,
        status: "ACTIVE",
        endpoint: `https://${name}.invalid`,
        accessConfig: { authenticationMode: "API" },
        certificateAuthority: { data: Buffer.from(name).toString("base64") },
        vpcConfig: { clusterSecurityGroupId: "sg-00000000000000000", vpcId },
    });

const place = (cloud: Cloud, type: string, id: string, outputs: JsonMap): void =>
    cloud.put({ type, id, name: id, inputs: {}, outputs });
