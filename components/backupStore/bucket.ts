import { Key } from "@pulumi/aws/kms/key";
import { Bucket } from "@pulumi/aws/s3/bucket";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Tags } from "../support/amazon";

export interface BucketFacts {
    readonly keep: boolean;
    /** How long a snapshot that was deleted can still be brought back. */
    readonly deletedDays: number;
    readonly tags: Tags;
}

export interface DeclaredBucket {
    readonly bucket: Bucket;
    readonly key: Key;
    readonly guards: pulumi.Resource[];
}

/** What is kept is kept with all that guards it: a bucket left behind stays encrypted and private. */
export function declareBucket(
    name: string,
    { keep, deletedDays, tags }: BucketFacts,
    opts: pulumi.CustomResourceOptions,
): DeclaredBucket {
    const kept = { ...opts, retainOnDelete: keep };
    const key = new Key(
        `${name}-key`,
        {
            description: "Snapshots of Karmada's etcd",
            enableKeyRotation: true,
            deletionWindowInDays: 30,
            tags,
        },
        kept,
    );
    const bucket = new Bucket(`${name}-snapshots`, { forceDestroy: !keep, tags }, kept);
    const ofBucket = { bucket: bucket.bucket };
    const guards = [
        new BucketPublicAccessBlock(
            `${name}-private`,
            {
                ...ofBucket,
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
            },
            kept,
        ),
        new BucketOwnershipControls(
            `${name}-ownership`,
            { ...ofBucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
            kept,
        ),
        new BucketServerSideEncryptionConfiguration(
            `${name}-encryption`,
            {
                ...ofBucket,
                rules: [
                    {
                        applyServerSideEncryptionByDefault: {
                            sseAlgorithm: "aws:kms",
                            kmsMasterKeyId: key.arn,
                        },
                        bucketKeyEnabled: true,
                    },
                ],
            },
            kept,
        ),
        new BucketPolicy(`${name}-tls`, { ...ofBucket, policy: bucket.arn.apply(onlyByTls) }, kept),
    ];
    const versioning = new BucketVersioning(
        `${name}-versions`,
        { ...ofBucket, versioningConfiguration: { status: "Enabled" } },
        kept,
    );
    const lifecycle = new BucketLifecycleConfiguration(
        `${name}-lifecycle`,
        {
            ...ofBucket,
            rules: [
                {
                    id: "forget",
                    status: "Enabled",
                    filter: {},
                    noncurrentVersionExpiration: { noncurrentDays: deletedDays },
                    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
                },
            ],
        },
        { ...kept, dependsOn: versioning },
    );
    return { bucket, key, guards: [...guards, versioning, lifecycle] };
}

const onlyByTls = (bucketArn: string): string =>
    policyDocument([
        {
            Sid: "OnlyByTls",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [bucketArn, `${bucketArn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
    ]);
