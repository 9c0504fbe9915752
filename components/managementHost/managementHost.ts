import { Instance } from "@pulumi/aws/ec2/instance";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { InstanceProfile } from "@pulumi/aws/iam/instanceProfile";
import type { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import * as pulumi from "@pulumi/pulumi";
import { defaultNodePort } from "../controlPlane/layout";
import { AccessLevel, declareAccess } from "../support/access";
import { policyDocument, type Tags, trust } from "../support/amazon";
import { architectureOf } from "../support/architecture";
import { withDefaults } from "../support/givenArgs";
import { refuse } from "../support/refuse";
import { declareRole } from "../support/roles";
import { checkHost, hostDefaults } from "./hostChecks";
import { userData } from "./userData";

export interface ManagementHostArgs {
    /** Region of the provider in use, e.g. "eu-central-1". */
    readonly region: string;
    readonly vpcId: pulumi.Input<string>;
    /** A private subnet with a way out: the tools come from the internet. */
    readonly subnetId: pulumi.Input<string>;
    /** The EKS cluster that it administers, and nothing else. */
    readonly clusterName: pulumi.Input<string>;
    readonly clusterArn: pulumi.Input<string>;
    readonly clusterSecurityGroupId: pulumi.Input<string>;
    /** @default "t3.small" */
    readonly instanceType?: string;
    /**
     * Release of Karmada, for karmadactl.
     * @default that of the control plane
     */
    readonly karmadaVersion?: string;
    /**
     * SHA-256 of the archive of karmadactl for Linux, as you know it.
     * @default the one published beside the archive, which shows a broken download and no more
     */
    readonly karmadactlSha256?: string;
    readonly tags?: Tags;
}

const planOf = (args: ManagementHostArgs) => withDefaults(hostDefaults, args);
type HostPlan = ReturnType<typeof planOf>;

/**
 * A machine within the network, with kubectl, karmadactl, the AWS CLI and a kubeconfig of the parent
 * cluster. Nothing can call it: people come through Session Manager.
 */
export class ManagementHost extends pulumi.ComponentResource {
    readonly instanceId: pulumi.Output<string>;
    /** What it acts as, in AWS and in the parent cluster. */
    readonly roleArn: pulumi.Output<string>;
    /** Opens a shell on it. */
    readonly connectCommand: pulumi.Output<string>;

    constructor(name: string, args: ManagementHostArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-karmada-eks:index:ManagementHost", name, {}, opts);
        const plan = planOf(args);
        refuse(this, `ManagementHost "${name}"`, checkHost(plan));

        const parent = { parent: this };
        const { role, ready } = declareIdentity(name, plan, parent);
        const group = declareGroup(name, plan, parent);
        const instance = declareInstance(name, plan, role, group, {
            ...parent,
            dependsOn: ready,
        });
        this.instanceId = instance.id;
        this.roleArn = role.arn;
        this.connectCommand = pulumi.interpolate`aws ssm start-session --region ${plan.region} --target ${instance.id}`;
        this.registerOutputs({
            instanceId: this.instanceId,
            roleArn: this.roleArn,
            connectCommand: this.connectCommand,
        });
    }
}

function declareIdentity(
    name: string,
    { region, clusterName, clusterArn, tags }: HostPlan,
    opts: pulumi.CustomResourceOptions,
): { readonly role: Role; readonly ready: pulumi.Resource[] } {
    const { role, ready } = declareRole(
        name,
        {
            region,
            description: "Management host of Karmada: Session Manager, and one EKS cluster.",
            trust: trust(region.startsWith("cn-") ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com"),
            policies: ["AmazonSSMManagedInstanceCore"],
            tags,
        },
        opts,
    );
    const describe = new RolePolicy(
        `${name}-cluster`,
        {
            role: role.name,
            policy: pulumi
                .output(clusterArn)
                .apply((arn) =>
                    policyDocument([
                        { Effect: "Allow", Action: "eks:DescribeCluster", Resource: arn },
                    ]),
                ),
        },
        opts,
    );
    const access = declareAccess(
        name,
        {
            key: "host",
            principalArn: role.arn,
            level: AccessLevel.Admin,
            region,
            clusterName,
            tags,
        },
        opts,
    );
    return { role, ready: [...ready, describe, access] };
}

/** Out, to Amazon, the tools, the cluster and Karmada; in, nothing. */
function declareGroup(
    name: string,
    { vpcId, clusterSecurityGroupId, tags }: HostPlan,
    opts: pulumi.CustomResourceOptions,
): SecurityGroup {
    const group = new SecurityGroup(
        name,
        {
            vpcId,
            description: "Management host of Karmada: nothing comes in",
            tags: { ...tags, Name: name },
        },
        opts,
    );
    const ways = [
        ["https", 443, "Amazon's services, the tools, the cluster"],
        ["karmada", defaultNodePort, "Karmada's API"],
    ] as const;
    for (const [way, port, description] of ways) {
        new SecurityGroupEgressRule(
            `${name}-to-${way}`,
            {
                securityGroupId: group.id,
                description,
                ipProtocol: "tcp",
                fromPort: port,
                toPort: port,
                cidrIpv4: "0.0.0.0/0",
                tags,
            },
            opts,
        );
    }
    new SecurityGroupIngressRule(
        `${name}-at-cluster`,
        {
            securityGroupId: clusterSecurityGroupId,
            referencedSecurityGroupId: group.id,
            description: "Management host of Karmada",
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            tags,
        },
        opts,
    );
    return group;
}

function declareInstance(
    name: string,
    plan: HostPlan,
    role: Role,
    group: SecurityGroup,
    opts: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource },
): Instance {
    const { region, instanceType, tags } = plan;
    const architecture = architectureOf(instanceType)!;
    const parent = { parent: opts.parent };
    const profile = new InstanceProfile(name, { role: role.name, tags }, parent);
    // Which image is the latest is looked up at launch: a new one does not replace the host.
    const image = new LaunchTemplate(
        name,
        {
            imageId: `resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`,
            tags,
        },
        parent,
    );
    return new Instance(
        name,
        {
            launchTemplate: { id: image.id, version: "$Latest" },
            instanceType,
            subnetId: plan.subnetId,
            associatePublicIpAddress: false,
            vpcSecurityGroupIds: [group.id],
            iamInstanceProfile: profile.name,
            metadataOptions: {
                httpEndpoint: "enabled",
                httpTokens: "required",
                httpPutResponseHopLimit: 1,
            },
            rootBlockDevice: { volumeType: "gp3", volumeSize: 20, encrypted: true, tags },
            userData: pulumi
                .output(plan.clusterName)
                .apply((clusterName) => userData({ ...plan, region, clusterName, architecture })),
            userDataReplaceOnChange: true,
            tags: { ...tags, Name: name },
        },
        opts,
    );
}
