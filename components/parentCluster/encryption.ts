import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { Alias } from "@pulumi/aws/kms/alias";
import { Key } from "@pulumi/aws/kms/key";
import type * as pulumi from "@pulumi/pulumi";
import { partitionOf, policyDocument, type Tags } from "../support/amazon";

export interface EncryptionFacts {
    readonly region: string;
    readonly clusterName: string;
    readonly logDays: number;
    readonly tags: Tags;
}

/** EKS writes here whatever we say; made by us, the group is encrypted, and ends with the cluster. */
const logGroupName = (clusterName: string) => `/aws/eks/${clusterName}/cluster`;

/** One key for the cluster's Secrets and for its logs. */
export function declareEncryption(
    name: string,
    { region, clusterName, logDays, tags }: EncryptionFacts,
    opts: pulumi.CustomResourceOptions & pulumi.InvokeOptions,
): { readonly key: Key; readonly logs: LogGroup } {
    const group = logGroupName(clusterName);
    const key = new Key(
        `${name}-key`,
        {
            description: `Secrets and logs of the EKS cluster ${clusterName}`,
            enableKeyRotation: true,
            deletionWindowInDays: 30,
            policy: getCallerIdentityOutput({}, { parent: opts.parent }).accountId.apply(
                (account) => keyPolicy(region, account, group),
            ),
            tags,
        },
        opts,
    );
    new Alias(`${name}-key`, { name: `alias/eks/${clusterName}`, targetKeyId: key.keyId }, opts);
    const logs = new LogGroup(
        `${name}-logs`,
        { name: group, retentionInDays: logDays, kmsKeyId: key.arn, tags },
        opts,
    );
    return { key, logs };
}

function keyPolicy(region: string, account: string, group: string): string {
    const partition = partitionOf(region);
    return policyDocument([
        {
            Sid: "TheAccountDecides",
            Effect: "Allow",
            Principal: { AWS: `arn:${partition}:iam::${account}:root` },
            Action: "kms:*",
            Resource: "*",
        },
        {
            Sid: "LogsOfTheCluster",
            Effect: "Allow",
            Principal: { Service: `logs.${region}.amazonaws.com` },
            Action: [
                "kms:Encrypt*",
                "kms:Decrypt*",
                "kms:ReEncrypt*",
                "kms:GenerateDataKey*",
                "kms:Describe*",
            ],
            Resource: "*",
            Condition: {
                ArnEquals: {
                    "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${account}:log-group:${group}`,
                },
            },
        },
    ]);
}
