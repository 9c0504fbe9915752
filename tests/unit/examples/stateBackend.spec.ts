import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { projectRoot } from "../../../local/support/root";

interface Resource {
    readonly Type: string;
    readonly DeletionPolicy?: string;
    readonly UpdateReplacePolicy?: string;
    readonly Properties: Readonly<Record<string, unknown>>;
}

describe("the place for Pulumi's state [SEC-1]", () => {
    const file = path.join(projectRoot, "examples", "stateBackend", "template.yaml");
    const { Resources } = parse(readFileSync(file, "utf8")) as {
        Resources: Readonly<Record<string, Resource>>;
    };

    it("outlives the CloudFormation stack that made it, whatever becomes of that", () => {
        for (const [name, { DeletionPolicy, UpdateReplacePolicy }] of Object.entries(Resources)) {
            assert.deepEqual([DeletionPolicy, UpdateReplacePolicy], ["Retain", "Retain"], name);
        }
    });

    it("is encrypted by its own key, versioned, and nobody's but the account's", () => {
        const { Properties } = Resources.Bucket!;

        assert.deepEqual(Properties.BucketEncryption, {
            ServerSideEncryptionConfiguration: [
                {
                    BucketKeyEnabled: true,
                    ServerSideEncryptionByDefault: {
                        SSEAlgorithm: "aws:kms",
                        KMSMasterKeyID: { "Fn::GetAtt": ["Key", "Arn"] },
                    },
                },
            ],
        });
        assert.deepEqual(Properties.VersioningConfiguration, { Status: "Enabled" });
        assert.deepEqual(Properties.PublicAccessBlockConfiguration, {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
        });
        assert.equal(Resources.Key!.Properties.EnableKeyRotation, true);
    });

    it("answers no call that is not encrypted", () => {
        const { Statement } = Resources.BucketPolicy!.Properties.PolicyDocument as {
            Statement: readonly { Effect: string; Condition: object }[];
        };

        assert.deepEqual(
            Statement.map(({ Effect, Condition }) => ({ Effect, Condition })),
            [{ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }],
        );
    });
});
