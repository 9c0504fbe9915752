import type { Settings } from "../../stacks/parseSettings";
import type { Cloud } from "../simulation/cloud/cloud";
import type { JsonMap } from "../simulation/cloud/json";

/** Puts there what the stack file says is there, and as the program wants it: offline nobody can look. */
export function placeExisting(cloud: Cloud, settings: Settings): void {
    if (settings.kind === "existing") return;
    const clusters = settings.members.flatMap(({ place }) =>
        "existingCluster" in place ? [place.existingCluster] : [],
    );
    for (const name of clusters) placeCluster(cloud, name);
    if (settings.kind === "member") return;
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
