import { account } from "../../cloud/references";
import type { AwsType } from "../awsType";

/** One of the many settings of a bucket that are resources of their own. */
const ofBucket: AwsType = {
    id: (making) => making.text("bucket"),
    replacedBy: ["bucket", "expectedBucketOwner"],
};

export const storage: Readonly<Record<string, AwsType>> = {
    "aws:s3/bucket:Bucket": {
        id: (making) => making.text("bucket"),
        replacedBy: ["bucket", "bucketPrefix", "objectLockEnabled"],
        outputs: (making) => ({
            arn: `arn:${making.site.partition}:s3:::${making.id}`,
            bucketDomainName: `${making.id}.s3.amazonaws.com`,
            bucketRegionalDomainName: `${making.id}.s3.${making.site.region}.amazonaws.com`,
        }),
        autoName: { property: "bucket", prefix: "bucketPrefix", most: 63 },
    },
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket,
    "aws:s3/bucketLogging:BucketLogging": ofBucket,
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": ofBucket,
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ofBucket,
    "aws:s3/bucketPolicy:BucketPolicy": ofBucket,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket,
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
        ofBucket,
    "aws:s3/bucketVersioning:BucketVersioning": ofBucket,
    "aws:cloudwatch/logGroup:LogGroup": {
        id: (making) => making.text("name"),
        replacedBy: ["logGroupClass", "name", "namePrefix"],
        outputs: (making) => ({ arn: making.arn("logs", `log-group:${making.id}`) }),
        autoName: { property: "name", prefix: "namePrefix", most: 512 },
    },
    "aws:budgets/budget:Budget": {
        id: (making) => `${account}:${making.text("name")}`,
        replacedBy: ["accountId", "name", "namePrefix"],
        outputs: (making) => ({
            arn: making.globalArn("budgets", `budget/${making.text("name")}`),
        }),
        autoName: { property: "name", prefix: "namePrefix", most: 100 },
    },
};
