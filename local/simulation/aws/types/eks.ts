import { type AwsType, hex, hexId, uuid } from "../awsType";

const ofCluster = (property: string) => (making: { inputs: Readonly<Record<string, unknown>> }) =>
    `${String(making.inputs.clusterName)}:${String(making.inputs[property])}`;

export const eks: Readonly<Record<string, AwsType>> = {
    "aws:eks/cluster:Cluster": {
        id: (making) => making.text("name"),
        replacedBy: [
            "accessConfig.bootstrapClusterCreatorAdminPermissions",
            "bootstrapSelfManagedAddons",
            "kubernetesNetworkConfig.ipFamily",
            "kubernetesNetworkConfig.serviceIpv4Cidr",
            "name",
            "outpostConfig",
            "remoteNetworkConfig",
            "roleArn",
        ],
        alsoReplacedBy: (_, { encryptionConfig }) =>
            encryptionConfig === undefined ? ["encryptionConfig"] : [],
        outputs: (making) => {
            const { cloud, region } = making.site;
            const vpcConfig = making.map("vpcConfig");
            const [subnet] = (vpcConfig.subnetIds ?? []) as string[];
            const known = cloud.endpoint;
            const name = hex(32).toUpperCase();
            return {
                arn: making.arn("eks", `cluster/${making.id}`),
                certificateAuthority: making.kept("certificateAuthority", () => ({
                    data: known?.authority ?? Buffer.from("no authority").toString("base64"),
                })),
                createdAt: making.kept("createdAt", () => new Date().toISOString()),
                endpoint: making.kept(
                    "endpoint",
                    () => known?.server ?? `https://${name}.gr7.${region}.eks.amazonaws.com`,
                ),
                identities: making.kept("identities", () => [
                    { oidcs: [{ issuer: `https://oidc.eks.${region}.amazonaws.com/id/${name}` }] },
                ]),
                platformVersion: "eks.1",
                status: "ACTIVE",
                vpcConfig: {
                    ...vpcConfig,
                    clusterSecurityGroupId: making.kept("vpcConfig", () => ({
                        clusterSecurityGroupId: hexId("sg")(),
                    })).clusterSecurityGroupId,
                    vpcId:
                        cloud.find("aws:ec2/subnet:Subnet", String(subnet))?.outputs.vpcId ?? null,
                },
            };
        },
        autoName: { property: "name", most: 100 },
        guard: "deletionProtection",
    },
    "aws:eks/nodeGroup:NodeGroup": {
        id: ofCluster("nodeGroupName"),
        replacedBy: [
            "amiType",
            "capacityType",
            "clusterName",
            "diskSize",
            "instanceTypes",
            "launchTemplate.id",
            "launchTemplate.name",
            "nodeGroupName",
            "nodeGroupNamePrefix",
            "nodeRoleArn",
            "remoteAccess",
            "subnetIds",
        ],
        outputs: (making) => ({
            arn: making.arn("eks", `nodegroup/${making.id.replace(":", "/")}/${uuid()}`),
            resources: making.kept("resources", () => [
                {
                    autoscalingGroups: [{ name: `eks-${making.id.split(":")[1]!}-${uuid()}` }],
                    remoteAccessSecurityGroupId: "",
                },
            ]),
            status: "ACTIVE",
        }),
        autoName: { property: "nodeGroupName", prefix: "nodeGroupNamePrefix", most: 63 },
    },
    "aws:eks/addon:Addon": {
        id: ofCluster("addonName"),
        replacedBy: ["addonName", "clusterName"],
        outputs: (making) => ({
            arn: making.arn("eks", `addon/${making.id.replace(":", "/")}/${uuid()}`),
        }),
    },
    "aws:eks/accessEntry:AccessEntry": {
        id: ofCluster("principalArn"),
        replacedBy: ["clusterName", "principalArn", "type"],
        outputs: (making) => ({
            accessEntryArn: making.kept("accessEntryArn", () =>
                making.arn("eks", `access-entry/${making.text("clusterName")}/${uuid()}`),
            ),
        }),
    },
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
        id: ({ inputs }) =>
            [inputs.clusterName, inputs.principalArn, inputs.policyArn].map(String).join("#"),
        replacedBy: ["accessScope", "clusterName", "policyArn", "principalArn"],
    },
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
        id: () => `a-${hex(17)}`,
        replacedBy: ["clusterName", "namespace", "serviceAccount"],
        outputs: (making) => ({
            associationArn: making.arn(
                "eks",
                `podidentityassociation/${making.text("clusterName")}/${making.id}`,
            ),
            associationId: making.id,
        }),
    },
};
