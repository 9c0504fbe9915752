import { at, forEach, listAt, textAt } from "../../frame/read";
import { levels, stackRule, type StackResource } from "../../frame/rule";
import { bucket, ofType, refersTo } from "../../subjects/amazon";

const versioning = "aws:s3/bucketVersioning:BucketVersioning";
const encryption =
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const block = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const blocks = [
    "blockPublicAcls",
    "blockPublicPolicy",
    "ignorePublicAcls",
    "restrictPublicBuckets",
];

export const bucketsSafe = stackRule({
    id: "KAR-09",
    name: "buckets-safe",
    sentence:
        "Buckets, as for snapshots of etcd, keep old versions for a time, encrypted, and nobody outside sees them.",
    severity: "high",
    anchors: [
        "Checkov CKV_AWS_21",
        "Checkov CKV_AWS_145",
        "Checkov CKV2_AWS_6",
        "Security Hub S3.8",
        "Security Hub S3.14",
    ],
    remedy: "Declare versioning, encryption by KMS, a full public access block and a lifecycle beside the bucket.",
    levels: levels.fromProd,
    unknown: "later",
    concerns: [bucket],
    reads: [versioning, encryption, block, lifecycle],
    checkStack(stack, report) {
        forEach(ofType(stack, bucket), (each) => {
            const beside = (type: string) =>
                ofType(stack, type).filter((other) => refersTo(other, "bucket", each));
            const missing = [
                beside(versioning).some(isVersioned) || "versioning, Enabled",
                beside(encryption).some(isEncrypted) || 'encryption, by "aws:kms"',
                beside(block).some(isBlocked) || `a public access block with ${blocks.join(", ")}`,
                beside(lifecycle).length > 0 || "a lifecycle that ends old versions",
            ].filter((what) => what !== true);
            if (missing.length > 0)
                report(`it lacks ${missing.join("; ")}: declare it beside.`, each);
        });
    },
});

const isVersioned = ({ props }: StackResource) =>
    textAt(props, "versioningConfiguration", "status") === "Enabled";

const isEncrypted = ({ props }: StackResource) =>
    listAt(props, "rules").some((rule) =>
        /^aws:kms/.test(textAt(rule, "applyServerSideEncryptionByDefault", "sseAlgorithm") ?? ""),
    );

const isBlocked = ({ props }: StackResource) => blocks.every((each) => at(props, each) === true);
