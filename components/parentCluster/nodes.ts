import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate";
import { NodeGroup } from "@pulumi/aws/eks/nodeGroup";
import * as pulumi from "@pulumi/pulumi";
import { type Tags, trust } from "../support/amazon";
import { declareRole } from "../support/roles";
import { amiTypeOf, dataDevice, type NodeFacts, planGroups } from "./nodePlan";

/** By which the guide finds its nodes. */
const prefix = "karmadaeks";

export interface NodeSite {
    readonly region: string;
    readonly clusterName: pulumi.Output<string>;
    readonly version: string;
    readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    readonly nodes: NodeFacts;
    readonly tags: Tags;
}

export interface DeclaredNodes {
    readonly groups: NodeGroup[];
    readonly roleArn: pulumi.Output<string>;
}

export function declareNodes(
    name: string,
    site: NodeSite,
    opts: pulumi.CustomResourceOptions,
): DeclaredNodes {
    const { region, clusterName, version, nodes, tags } = site;
    const parent = { parent: opts.parent };
    const { role, ready } = declareRole(
        `${name}-node`,
        {
            region,
            description: "Lets nodes join their cluster and pull images, and nothing else.",
            trust: trust(region.startsWith("cn-") ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com"),
            policies: ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"],
            tags,
        },
        parent,
    );
    const template = declareTemplate(name, site, parent);
    const groups = planGroups(nodes).map(
        ({ zone, subnet, size }) =>
            new NodeGroup(
                zone === undefined ? `${name}-nodes` : `${name}-nodes-${zone}`,
                {
                    clusterName,
                    nodeGroupNamePrefix: `${prefix}-`,
                    nodeRoleArn: role.arn,
                    // By lifting, which goes on where another zone's subnet is not known yet.
                    subnetIds:
                        subnet === undefined
                            ? site.subnetIds
                            : [pulumi.output(site.subnetIds)[subnet]!],
                    amiType: amiTypeOf(nodes),
                    capacityType: "ON_DEMAND",
                    instanceTypes: [...nodes.instanceTypes],
                    launchTemplate: {
                        id: template.id,
                        version: template.latestVersion.apply(String),
                    },
                    // With a launch template of one's own, nobody else says it.
                    version,
                    scalingConfig: { minSize: size, desiredSize: size, maxSize: size },
                    updateConfig: { maxUnavailable: 1 },
                    nodeRepairConfig: { enabled: true },
                    tags,
                },
                pulumi.mergeOptions(opts, { dependsOn: ready }),
            ),
    );
    return { groups, roleArn: role.arn };
}

function declareTemplate(
    name: string,
    { clusterName, nodes, tags }: NodeSite,
    opts: pulumi.CustomResourceOptions,
): LaunchTemplate {
    const named = clusterName.apply((cluster) => ({ ...tags, Name: `${prefix}-${cluster}` }));
    return new LaunchTemplate(
        `${name}-nodes`,
        {
            namePrefix: `${prefix}-`,
            updateDefaultVersion: true,
            // One hop: pods do not get at the node's own rights.
            metadataOptions: {
                httpEndpoint: "enabled",
                httpTokens: "required",
                httpPutResponseHopLimit: 1,
            },
            blockDeviceMappings: [
                {
                    deviceName: dataDevice(nodes.image),
                    ebs: {
                        volumeType: "gp3",
                        volumeSize: nodes.diskSize,
                        encrypted: "true",
                        deleteOnTermination: "true",
                    },
                },
            ],
            tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
                resourceType,
                tags: named,
            })),
            tags,
        },
        opts,
    );
}
