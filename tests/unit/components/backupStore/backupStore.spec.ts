import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KarmadaBackupStore, type KarmadaBackupStoreArgs } from "../../../../components";
import { backup } from "../../../../components/controlPlane/backup/backupPlan";
import { bothModes, type Registered, registeredBy, valueOf } from "../../../support/mocks";
import { untagged } from "../../../support/tags";

const declared = (more: Partial<KarmadaBackupStoreArgs> = {}, preview = false) =>
    registeredBy(
        () =>
            new KarmadaBackupStore("backup", {
                region: "eu-central-1",
                clusterName: "karmada-parent",
                ...more,
            }),
        {
            preview,
            outputs: ({ name }) => (preview ? {} : { arn: `arn:${name}`, bucket: `${name}-1234` }),
        },
    );
const inputsOf = (all: readonly Registered[], type: string) =>
    all.find((each) => each.type.endsWith(`:${type}`))!.inputs;
const statements = (policy: unknown) => JSON.parse(String(policy)).Statement;

describe("KarmadaBackupStore [KAR-5]", () => {
    for (const { mode, preview } of bothModes) {
        it(`declares exactly these resources in ${mode}`, async () => {
            const { all } = await declared({}, preview);
            assert.deepEqual(all.map(({ type, name }) => `${type} ${name}`).sort(), [
                "aws:eks/podIdentityAssociation:PodIdentityAssociation backup-job",
                "aws:iam/role:Role backup-job",
                "aws:iam/rolePolicy:RolePolicy backup-job",
                "aws:kms/key:Key backup-key",
                "aws:s3/bucket:Bucket backup-snapshots",
                "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration backup-lifecycle",
                "aws:s3/bucketOwnershipControls:BucketOwnershipControls backup-ownership",
                "aws:s3/bucketPolicy:BucketPolicy backup-tls",
                "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock backup-private",
                "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration backup-encryption",
                "aws:s3/bucketVersioning:BucketVersioning backup-versions",
                "pulumi-karmada-eks:index:KarmadaBackupStore backup",
            ]);
        });
    }

    it("is private, encrypted with a key that turns, and reached by TLS only", async () => {
        const { all } = await declared();
        const { bucket, ...blocked } = inputsOf(all, "BucketPublicAccessBlock");
        assert.equal(bucket, "backup-snapshots-1234");
        assert.deepEqual(Object.values(blocked), [true, true, true, true]);
        assert.deepEqual(inputsOf(all, "BucketServerSideEncryptionConfiguration").rules, [
            {
                applyServerSideEncryptionByDefault: {
                    sseAlgorithm: "aws:kms",
                    kmsMasterKeyId: "arn:backup-key",
                },
                bucketKeyEnabled: true,
            },
        ]);
        assert.equal(inputsOf(all, "Key").enableKeyRotation, true);
        const [tls] = statements(inputsOf(all, "BucketPolicy").policy);
        assert.equal(tls.Effect, "Deny");
        assert.deepEqual(tls.Condition, { Bool: { "aws:SecureTransport": "false" } });
    });

    it("brings deleted snapshots back for a while, and then forgets them", async () => {
        const { all } = await declared({ deletedDays: 7 });
        const { versioningConfiguration } = inputsOf(all, "BucketVersioning");
        assert.deepEqual(versioningConfiguration, { status: "Enabled" });
        const [rule] = inputsOf(all, "BucketLifecycleConfiguration").rules as object[];
        assert.deepEqual(rule, {
            id: "forget",
            status: "Enabled",
            filter: {},
            noncurrentVersionExpiration: { noncurrentDays: 7 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        });
    });

    it("is emptied on the way out only when it is not to be kept", async () => {
        assert.equal(inputsOf((await declared()).all, "Bucket").forceDestroy, false);
        assert.equal(inputsOf((await declared({ keep: false })).all, "Bucket").forceDestroy, true);
    });

    it("lets the job that takes snapshots in, and lets it do what it needs", async () => {
        const { all } = await declared({ tags: { team: "platform" } });
        const policies = all.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
        assert.deepEqual(statements(policies[0]!.inputs.policy), [
            { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:backup-snapshots" },
            {
                Effect: "Allow",
                Action: [
                    "s3:GetObject",
                    "s3:PutObject",
                    "s3:DeleteObject",
                    "s3:AbortMultipartUpload",
                ],
                Resource: "arn:backup-snapshots/*",
            },
            {
                Effect: "Allow",
                Action: ["kms:GenerateDataKey", "kms:Decrypt"],
                Resource: "arn:backup-key",
            },
        ]);
        assert.deepEqual(inputsOf(all, "PodIdentityAssociation"), {
            clusterName: "karmada-parent",
            namespace: "karmada-system",
            serviceAccount: backup.app,
            roleArn: "arn:backup-job",
            tags: { team: "platform" },
        });
        assert.deepEqual(untagged(all, "team"), []);
    });

    it("hands on the bucket", async () => {
        const { result } = await declared();
        assert.equal(await valueOf(result.bucket), "backup-snapshots-1234");
        assert.equal(await valueOf(result.keyArn), "arn:backup-key");
    });

    it("refuses what is wrong, all at once, before its first resource", async () => {
        let error: unknown;
        const { all } = await registeredBy(() => {
            try {
                new KarmadaBackupStore("backup", {
                    region: "x",
                    clusterName: "c",
                    deletedDays: 0.5,
                    tags: { "aws:x": "y" },
                });
            } catch (thrown) {
                error = thrown;
            }
        });
        assert.ok(error instanceof pulumi.ResourceError);
        assert.match(error.message, /- region is "x", /);
        assert.match(
            error.message,
            /- deletedDays is 0\.5; use a whole number of days, 1 at least\./,
        );
        assert.match(error.message, /- tags\["aws:x"\] has a key that AWS refuses/);
        assert.equal(all.length, 1);
    });

    it("keeps bucket, guards and key, and not the job's rights", async () => {
        const retained: string[] = [];
        const watch: pulumi.ResourceTransformation = ({ name, opts }) => {
            if ((opts as pulumi.CustomResourceOptions).retainOnDelete) retained.push(name);
            return undefined;
        };
        const create = () =>
            new KarmadaBackupStore(
                "backup",
                { region: "eu-central-1", clusterName: "karmada-parent" },
                { transformations: [watch] },
            );
        await registeredBy(create);
        assert.deepEqual(retained.sort(), [
            "backup-encryption",
            "backup-key",
            "backup-lifecycle",
            "backup-ownership",
            "backup-private",
            "backup-snapshots",
            "backup-tls",
            "backup-versions",
        ]);
    });
});
