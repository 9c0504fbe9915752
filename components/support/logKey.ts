import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { Key } from "@pulumi/aws/kms/key";
import type * as pulumi from "@pulumi/pulumi";
import { partitionOf, policyDocument, type Tags } from "./amazon";

export interface LogKey {
    readonly region: string;
    readonly description: string;
    /** Names of the groups of logs, with "*" for what is not known yet. */
    readonly logGroup: string;
    readonly tags: Tags;
}

/** A key with which CloudWatch, for these groups alone, may encrypt too. */
export const declareLogKey = (
    name: string,
    { region, description, logGroup, tags }: LogKey,
    opts: pulumi.CustomResourceOptions,
): Key =>
    new Key(
        name,
        {
            description,
            enableKeyRotation: true,
            deletionWindowInDays: 30,
            policy: getCallerIdentityOutput({}, { parent: opts.parent }).accountId.apply(
                (account) => keyPolicy(region, account, logGroup),
            ),
            tags,
        },
        opts,
    );

function keyPolicy(region: string, account: string, logGroup: string): string {
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
            Sid: "Logs",
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
                ArnLike: {
                    "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${account}:log-group:${logGroup}`,
                },
            },
        },
    ]);
}
