import { KarmadaParentCluster, type KarmadaParentClusterArgs } from "../../../../components";
import { type Registered, registeredBy } from "../../../support/mocks";

export const platform = "arn:aws:iam::111122223333:role/teams/platform";
export const support = "arn:aws:iam::111122223333:user/support";
export const zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
export const cluster = "eks:index:Cluster";
export const authority = { data: Buffer.from("CERTIFICATE").toString("base64") };
export const autoscaling = (group: string) => [{ autoscalingGroups: [{ name: `eks-${group}` }] }];

/** What AWS, and Pulumi's own component, would return. */
export function outputs({ type, name, inputs }: Registered): Record<string, unknown> {
    const known: Readonly<Record<string, () => Record<string, unknown>>> = {
        [cluster]: () => ({
            eksCluster: {
                name: inputs.name,
                arn: `arn:aws:eks:eu-central-1:111122223333:cluster/${inputs.name}`,
                endpoint: "https://0123.eks.amazonaws.com",
                certificateAuthority: authority,
            },
            clusterSecurityGroupId: "sg-1",
            oidcProviderArn: "",
        }),
        "aws:eks/nodeGroup:NodeGroup": () => ({ resources: autoscaling(name) }),
        "aws:ec2/launchTemplate:LaunchTemplate": () => ({ latestVersion: 7 }),
    };
    return known[type]?.() ?? { arn: `arn:${name}` };
}
export const answers = () => ({ accountId: "111122223333" });

export function declared(args: Partial<KarmadaParentClusterArgs> = {}, preview = false) {
    const all = {
        region: "eu-central-1",
        vpcId: "vpc-1",
        subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
        admins: [platform],
        ...args,
    };
    return registeredBy(() => new KarmadaParentCluster("parent", all), {
        preview,
        answers,
        // In a preview nothing of what is to be made has been.
        outputs: preview ? () => ({}) : outputs,
    });
}

export const ofType = (all: readonly Registered[], type: string) =>
    all.find((each) => each.type === type)!.inputs;
