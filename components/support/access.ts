import { AccessEntry } from "@pulumi/aws/eks/accessEntry";
import { AccessPolicyAssociation } from "@pulumi/aws/eks/accessPolicyAssociation";
import type * as pulumi from "@pulumi/pulumi";
import { partitionOf, type Tags } from "./amazon";

/** What somebody may do in the whole cluster, by EKS's own policies. */
export const AccessLevel = { Admin: "admin", View: "view" } as const;
export type AccessLevel = (typeof AccessLevel)[keyof typeof AccessLevel];

const policies = {
    [AccessLevel.Admin]: "AmazonEKSClusterAdminPolicy",
    [AccessLevel.View]: "AmazonEKSAdminViewPolicy",
} as const;

export interface Access {
    /** Last part of the resources' names: it stays as long as the entry does. */
    readonly key: string;
    readonly principalArn: pulumi.Input<string>;
    readonly level: AccessLevel;
    readonly region: string;
    readonly clusterName: pulumi.Input<string>;
    readonly tags: Tags;
}

/** "role/teams/platform" of account 111122223333 becomes "111122223333-role-teams-platform". */
export function keyOf(principalArn: string): string {
    const [, , , , account, principal = ""] = principalArn.split(":");
    return `${account}-${principal.replace(/[^\w]+/g, "-")}`;
}

/** An entry, and the rights that go with it: the latter is what a user waits for. */
export function declareAccess(
    name: string,
    { key, principalArn, level, region, clusterName, tags }: Access,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
    const entry = new AccessEntry(
        `${name}-${level}-${key}`,
        { clusterName, principalArn, type: "STANDARD", tags },
        opts,
    );
    return new AccessPolicyAssociation(
        `${name}-${level}-${key}`,
        {
            clusterName,
            principalArn: entry.principalArn,
            policyArn: `arn:${partitionOf(region)}:eks::aws:cluster-access-policy/${policies[level]}`,
            accessScope: { type: "cluster" },
        },
        opts,
    );
}
