import type { PlannedResource } from "../../../../local/offline";

const provider = "urn:pulumi:dev::p::pulumi:providers:aws::eu";

let count = 0;
const planned = (type: string, inputs: PlannedResource["inputs"]): PlannedResource => ({
    urn: `urn:pulumi:dev::p::${type}::${count++}`,
    type,
    name: `resource-${count}`,
    inputs,
    provider,
    dependencies: [],
    protect: false,
});

const onlooker = "arn:aws:iam::999900001111:role/support";
const deployer = "arn:aws:iam::999900001111:role/team/platform";

/** Cut to what the doctor looks at. */
export const resources: readonly PlannedResource[] = [
    { ...planned("pulumi:providers:aws", { region: "eu-central-1" }), urn: provider },
    planned("aws:ec2/vpc:Vpc", {}),
    ...["a", "b", "c"].map((letter) =>
        planned("aws:ec2/subnet:Subnet", { availabilityZone: `eu-central-1${letter}` }),
    ),
    ...[1, 2, 3].map(() => planned("aws:ec2/eip:Eip", {})),
    planned("aws:eks/cluster:Cluster", { name: "karmada-parent", version: "1.36" }),
    ...(["Admin", "View"] as const).map((level) =>
        planned("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", {
            clusterName: "karmada-parent",
            principalArn: level === "Admin" ? deployer : onlooker,
            policyArn: `arn:aws:eks::aws:cluster-access-policy/AmazonEKS${level === "Admin" ? "ClusterAdmin" : "View"}Policy`,
        }),
    ),
    planned("aws:eks/nodeGroup:NodeGroup", {
        instanceTypes: ["m7i.large"],
        scalingConfig: { desiredSize: 3 },
    }),
    planned("aws:ec2/instance:Instance", { instanceType: "t3.small" }),
    planned("aws:lb/loadBalancer:LoadBalancer", { name: "karmada-lb" }),
    planned("aws:cloudwatch/logGroup:LogGroup", { name: "/aws/eks/karmada-parent/cluster" }),
    planned("aws:cloudwatch/logGroup:LogGroup", {
        name: "flow-logs-1a2b3c4",
        __defaults: ["name"],
    }),
    planned("aws:kms/alias:Alias", { name: "alias/eks/karmada-parent" }),
];
