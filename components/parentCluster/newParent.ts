// For the cluster that Pulumi's component hands back, which is a resource of this module.
import "@pulumi/aws/eks";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import { Cluster } from "@pulumi/eks/cluster";
import * as pulumi from "@pulumi/pulumi";
import { serviceRangeOfEks } from "../support/amazon";
import { eksReleases } from "../versionsEks";
import { AccessLevel, declareAccess, keyOf } from "../support/access";
import { afterNodes, beforeNodes, declareAddOns } from "./addOns";
import { declareEncryption } from "./encryption";
import { execKubeconfig } from "./execKubeconfig";
import { hardening } from "./hardening";
import { declareNodes } from "./nodes";
import type { ParentFacts } from "./parentChecks";
import type { ParentOutputs } from "./parentOutputs";
import { declareStorageClass } from "./storageClass";

export interface NewParent extends ParentFacts {
    readonly vpcId: pulumi.Input<string>;
    readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    readonly publicAccessOf: readonly pulumi.Input<string>[];
    readonly keepVolumes: boolean;
    readonly deletionProtection: boolean;
    readonly oidcProvider: boolean;
}

/** The cluster, who may use it, what its nodes need, the nodes, what needs nodes: in this order. */
export function declareParent(
    name: string,
    facts: NewParent,
    opts: pulumi.CustomResourceOptions,
): ParentOutputs {
    const { region, tags } = facts;
    const cluster = declareCluster(name, facts, opts);
    const { name: clusterName, arn, endpoint, certificateAuthority } = cluster.eksCluster;
    const server = endpoint;
    const authority = certificateAuthority.data;

    const access = (level: AccessLevel, people: readonly string[]) =>
        people.map((principalArn) => {
            const key = keyOf(principalArn);
            const entry = { key, principalArn, level, region, clusterName, tags };
            return declareAccess(name, entry, opts);
        });
    const admins = access(AccessLevel.Admin, facts.admins);
    const viewers = access(AccessLevel.View, facts.viewers);

    const ways = declarePrivateAccess(name, facts, cluster.clusterSecurityGroupId, opts);

    const versions = eksReleases[facts.version]!.addOns;
    const site = { region, clusterName, versions, tags };
    const needed = declareAddOns(name, beforeNodes, site, opts);
    const nodes = declareNodes(
        name,
        { ...facts, clusterName },
        pulumi.mergeOptions(opts, { dependsOn: needed }),
    );
    const afterwards = pulumi.mergeOptions(opts, { dependsOn: nodes.groups });
    const addOns = declareAddOns(name, afterNodes, site, afterwards);
    const kubeconfig = pulumi.secret(
        pulumi
            .all([server, authority])
            .apply(([address, data]) =>
                execKubeconfig({ ...facts, server: address, authority: data }),
            ),
    );
    const storageClass = declareStorageClass(
        name,
        { ...facts, kubeconfig },
        pulumi.mergeOptions(opts, { dependsOn: [...admins, ...ways, ...addOns] }),
    );
    return {
        kubeconfig,
        ready: [...viewers, storageClass],
        clusterName,
        clusterArn: arn,
        securityGroupId: cluster.clusterSecurityGroupId,
        autoscalingGroupNames: nodes.groups.map(({ resources }) =>
            resources.apply((found) => found[0]!.autoscalingGroups[0]!.name),
        ),
        nodeRoleArns: nodes.roleArn.apply((role) => [role]),
        oidcProviderArn: cluster.oidcProviderArn,
    };
}

/** EKS itself lets nobody but the cluster's nodes in. */
function declarePrivateAccess(
    name: string,
    { privateAccessFrom, tags }: NewParent,
    securityGroupId: pulumi.Output<string>,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    return privateAccessFrom.map(
        (cidrIpv4) =>
            new SecurityGroupIngressRule(
                `${name}-from-${cidrIpv4}`,
                {
                    securityGroupId,
                    cidrIpv4,
                    description: `Clients of the cluster in ${cidrIpv4}`,
                    ipProtocol: "tcp",
                    fromPort: 443,
                    toPort: 443,
                    tags,
                },
                opts,
            ),
    );
}

/** Every argument whose default could change, or is not ours, is said. */
function declareCluster(
    name: string,
    facts: NewParent,
    opts: pulumi.CustomResourceOptions,
): Cluster {
    const { publicAccessFrom, publicAccessOf, tags } = facts;
    const { key, logs } = declareEncryption(name, facts, opts);
    return new Cluster(
        name,
        {
            name: facts.clusterName,
            version: facts.version,
            vpcId: facts.vpcId,
            subnetIds: facts.subnetIds,
            endpointPrivateAccess: true,
            endpointPublicAccess: publicAccessFrom !== undefined,
            publicAccessCidrs: publicAccessFrom && [
                ...publicAccessFrom,
                ...publicAccessOf.map((address) => pulumi.interpolate`${address}/32`),
            ],
            ipFamily: "ipv4",
            kubernetesServiceIpAddressRange: serviceRangeOfEks,
            encryptionConfigKeyArn: key.arn,
            enabledClusterLogTypes: [
                "api",
                "audit",
                "authenticator",
                "controllerManager",
                "scheduler",
            ],
            authenticationMode: "API",
            upgradePolicy: { supportType: "STANDARD" },
            deletionProtection: facts.deletionProtection,
            createOidcProvider: facts.oidcProvider,
            // Nodes, their group and add-ons are declared beside it: it has no encrypted disks, no pod
            // identity, and would use the first versions it finds.
            skipDefaultNodeGroup: true,
            skipDefaultSecurityGroups: true,
            createInstanceRole: false,
            bootstrapSelfManagedAddons: false,
            useDefaultVpcCni: true,
            corednsAddonOptions: { enabled: false },
            kubeProxyAddonOptions: { enabled: false },
            tags,
        },
        pulumi.mergeOptions({ parent: opts.parent, dependsOn: logs }, hardening()),
    );
}
