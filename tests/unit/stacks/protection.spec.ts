import assert from "node:assert/strict";
import { protectPrecious } from "../../../stacks/aws/protection";

const protectedIn = (type: string) =>
    protectPrecious({ type, props: { name: "x" }, opts: { parent: undefined } });

describe("what Pulumi is told not to delete", () => {
    for (const type of [
        "aws:eks/cluster:Cluster",
        "aws:kms/key:Key",
        "aws:s3/bucket:Bucket",
        "kubernetes:core/v1:Namespace",
        "kubernetes:apps/v1:StatefulSet",
    ]) {
        it(`has data behind it: ${type}`, () => {
            assert.deepEqual(protectedIn(type), {
                props: { name: "x" },
                opts: { parent: undefined, protect: true },
            });
        });
    }

    for (const type of [
        // Renewing a certificate deletes the one before.
        "tls:index/locallySignedCert:LocallySignedCert",
        "aws:eks/nodeGroup:NodeGroup",
        "aws:eks/accessEntry:AccessEntry",
    ]) {
        it(`is nothing that comes and goes: ${type}`, () =>
            assert.equal(protectedIn(type), undefined));
    }
});
