import { createHash } from "node:crypto";
import { version as kubernetesVersion } from "@pulumi/kubernetes/package.json";
import * as pulumi from "@pulumi/pulumi";
import { ask, awsResource } from "../remote/awsResource";
import type { RemoteComponent } from "../remote/serve";
import { type ClusterArgs, readArgs } from "./clusterArgs";
import { kubeconfigOf } from "./kubeconfig";

/** The resources that Pulumi's component for EKS makes when nodes and add-ons are left to others. */
export function cluster(
    name: string,
    inputs: pulumi.Inputs,
    opts: pulumi.ComponentResourceOptions,
): RemoteComponent {
    const args = readArgs(inputs);
    const resource = new pulumi.ComponentResource("eks:index:Cluster", name, {}, opts);
    const parent = { parent: resource };
    const role = serviceRole(`${name}-eksRole`, args.tags, parent);
    const eksCluster = awsResource(
        "eks/cluster:Cluster",
        `${name}-eksCluster`,
        clusterInputs(name, args, role.arn),
        ["arn", "certificateAuthority", "endpoint", "identities", "name", "vpcConfig"],
        {
            ...parent,
            ignoreChanges: [
                "accessConfig.bootstrapClusterCreatorAdminPermissions",
                "bootstrapSelfManagedAddons",
            ],
            dependsOn: role.ready,
        },
    );
    const kubeconfig = pulumi
        .all([
            eksCluster.arn,
            eksCluster.name,
            eksCluster.endpoint,
            eksCluster.certificateAuthority,
        ])
        .apply(([arn, clusterName, server, authority]) =>
            kubeconfigOf({
                region: String(arn).split(":")[3]!,
                clusterName: String(clusterName),
                server: String(server),
                authority: (authority as { data: string }).data,
            }),
        );
    const kubeconfigJson = kubeconfig.apply((config) => JSON.stringify(config));
    const provider = new Provider(
        "kubernetes",
        `${name}-eks-k8s`,
        { kubeconfig: kubeconfigJson },
        { ...parent, version: kubernetesVersion },
    );
    const issuer = eksCluster.identities.apply(
        (found) => (found as { oidcs: { issuer: string }[] }[])[0]!.oidcs[0]!.issuer,
    );
    const oidcProvider = args.createOidcProvider
        ? awsResource(
              "iam/openIdConnectProvider:OpenIdConnectProvider",
              `${name}-oidcProvider`,
              {
                  clientIdLists: ["sts.amazonaws.com"],
                  url: issuer,
                  thumbprintLists: ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"],
              },
              ["arn"],
              parent,
          )
        : undefined;
    const securityGroupId = eksCluster.vpcConfig.apply(
        (config) => (config as { clusterSecurityGroupId: string }).clusterSecurityGroupId,
    );
    const state = {
        kubeconfig,
        kubeconfigJson,
        eksCluster,
        instanceRoles: [],
        core: {
            cluster: eksCluster,
            endpoint: eksCluster.endpoint,
            instanceRoles: [],
            kubeconfig,
            oidcProvider,
            provider,
            subnetIds: args.subnetIds,
            vpcId: args.vpcId,
        },
        clusterSecurityGroupId: securityGroupId,
        nodeSecurityGroupId: securityGroupId,
        clusterIngressRuleId: "",
        defaultNodeGroupAsgName: "",
        fargateProfileId: "",
        fargateProfileStatus: "",
        oidcProviderArn: oidcProvider?.arn ?? "",
        oidcProviderUrl: issuer,
        oidcIssuer: issuer.apply((url) => url.replace("https://", "")),
        autoModeNodeRoleName: "",
    };
    return { resource, state };
}

class Provider extends pulumi.ProviderResource {}

function clusterInputs(
    name: string,
    args: ClusterArgs,
    roleArn: pulumi.Output<unknown>,
): pulumi.Inputs {
    return {
        name: args.name,
        roleArn,
        bootstrapSelfManagedAddons: args.bootstrapSelfManagedAddons ?? true,
        kubernetesNetworkConfig: {
            serviceIpv4Cidr: args.kubernetesServiceIpAddressRange,
            ipFamily: args.ipFamily ?? "ipv4",
        },
        vpcConfig: {
            subnetIds: args.subnetIds,
            endpointPrivateAccess: args.endpointPrivateAccess,
            endpointPublicAccess: args.endpointPublicAccess,
            publicAccessCidrs: args.publicAccessCidrs,
        },
        version: args.version,
        enabledClusterLogTypes: args.enabledClusterLogTypes,
        tags: { Name: `${name}-eksCluster`, ...args.tags },
        encryptionConfig: args.encryptionConfigKeyArn && {
            provider: { keyArn: args.encryptionConfigKeyArn },
            resources: ["secrets"],
        },
        accessConfig: {
            authenticationMode: args.authenticationMode,
            bootstrapClusterCreatorAdminPermissions: true,
        },
        upgradePolicy: args.upgradePolicy,
        deletionProtection: args.deletionProtection,
    };
}

function serviceRole(
    name: string,
    tags: pulumi.Inputs | undefined,
    opts: pulumi.ComponentResourceOptions,
) {
    const component = new pulumi.ComponentResource("eks:index:ServiceRole", name, {}, opts);
    const parent = { parent: component };
    const assumeRolePolicy = JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Action: ["sts:AssumeRole", "sts:TagSession"],
                Effect: "Allow",
                Principal: { Service: ["eks.amazonaws.com"] },
            },
        ],
    });
    const role = awsResource(
        "iam/role:Role",
        `${name}-role`,
        {
            description: "Allows EKS to manage clusters on your behalf.",
            assumeRolePolicy,
            tags,
        },
        ["arn"],
        parent,
    );
    const policy = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy";
    const key = createHash("sha1").update(policy).digest("hex").slice(0, 8);
    const partition = ask("index/getPartition:getPartition", component);
    const attachment = awsResource(
        "iam/rolePolicyAttachment:RolePolicyAttachment",
        `${name}-${key}`,
        {
            role: role.id,
            policyArn: partition.apply((found) =>
                policy.replace("arn:aws:", `arn:${(found as { partition: string }).partition}:`),
            ),
        },
        [],
        parent,
    );
    return { arn: role.arn, ready: [role, attachment] };
}
