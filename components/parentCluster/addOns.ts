import { Addon } from "@pulumi/aws/eks/addon";
import * as pulumi from "@pulumi/pulumi";
import { type Tags, trustOfPods } from "../support/amazon";
import { declareRole } from "../support/roles";
import type { AddOnVersions } from "../versionsEks";

export interface AddOnSite {
    readonly region: string;
    readonly clusterName: pulumi.Input<string>;
    readonly versions: AddOnVersions;
    readonly tags: Tags;
}

interface AddOnPlan {
    readonly configuration?: object;
    /** Whose pods get which of Amazon's policies. */
    readonly rights?: { readonly serviceAccount: string; readonly policy: string };
}

const plans = (tags: Tags): Readonly<Record<keyof AddOnVersions, AddOnPlan>> => ({
    "eks-pod-identity-agent": {},
    "kube-proxy": {},
    "vpc-cni": {
        // Otherwise the control plane's network policies would be words only.
        configuration: { enableNetworkPolicy: "true" },
        rights: { serviceAccount: "aws-node", policy: "AmazonEKS_CNI_Policy" },
    },
    coredns: {},
    "aws-ebs-csi-driver": {
        configuration: { controller: { extraVolumeTags: tags } },
        rights: {
            serviceAccount: "ebs-csi-controller-sa",
            policy: "service-role/AmazonEBSCSIDriverPolicy",
        },
    },
});

/** Without these a node does not get ready: they are there first. */
export const beforeNodes = ["eks-pod-identity-agent", "vpc-cni", "kube-proxy"] as const;
/** Without nodes these do not get ready. */
export const afterNodes = ["coredns", "aws-ebs-csi-driver"] as const;

export function declareAddOns(
    name: string,
    addOns: readonly (keyof AddOnVersions)[],
    { region, clusterName, versions, tags }: AddOnSite,
    opts: pulumi.CustomResourceOptions,
): Addon[] {
    return addOns.map((addonName) => {
        const { configuration, rights } = plans(tags)[addonName];
        const identity =
            rights &&
            declareRole(
                `${name}-${addonName}`,
                {
                    region,
                    description: `Lets ${rights.serviceAccount} do its work.`,
                    trust: trustOfPods,
                    policies: [rights.policy],
                    tags,
                },
                { parent: opts.parent },
            );
        return new Addon(
            `${name}-${addonName}`,
            {
                clusterName,
                addonName,
                addonVersion: versions[addonName],
                configurationValues: configuration && JSON.stringify(configuration),
                podIdentityAssociations: identity && [
                    { serviceAccount: rights!.serviceAccount, roleArn: identity.role.arn },
                ],
                // What is declared here holds, whatever is in the cluster already.
                resolveConflictsOnCreate: "OVERWRITE",
                resolveConflictsOnUpdate: "OVERWRITE",
                tags,
            },
            pulumi.mergeOptions(opts, { dependsOn: identity?.ready ?? [] }),
        );
    });
}
