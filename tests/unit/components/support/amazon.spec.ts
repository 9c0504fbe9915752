import assert from "node:assert/strict";
import {
    checkPrincipal,
    checkRegion,
    checkTags,
    letterOf,
    managedPolicy,
} from "../../../../components/support/amazon";

describe("what Amazon calls things", () => {
    it("knows Regions, and offers those near one it does not know", () => {
        assert.deepEqual(checkRegion("region", "eu-central-1"), []);
        assert.deepEqual(checkRegion("region", "ca-centrl-1"), [
            {
                path: "region",
                message:
                    'is "ca-centrl-1", which is no Region with Amazon EKS; did you mean "ca-central-1"?',
            },
        ]);
        assert.match(
            checkRegion("region", "frankfurt")[0]!.message,
            /"eu-central-1", "us-east-1"\.$/,
        );
        assert.equal(checkRegion("region", undefined).length, 1);
    });

    it("tells a zone of a Region from others", () => {
        assert.equal(letterOf("eu-central-1b", "eu-central-1"), "b");
        for (const zone of [
            "eu-central-2b",
            "eu-central-1",
            "eu-central-1bb",
            "eu-central-1B",
            "eu-central-1g",
            1,
        ]) {
            assert.equal(letterOf(zone, "eu-central-1"), undefined);
        }
    });

    it("names managed policies in each of Amazon's partitions", () => {
        assert.equal(managedPolicy("eu-west-1", "P"), "arn:aws:iam::aws:policy/P");
        assert.equal(managedPolicy("cn-north-1", "P"), "arn:aws-cn:iam::aws:policy/P");
        assert.equal(managedPolicy("us-gov-west-1", "P"), "arn:aws-us-gov:iam::aws:policy/P");
    });

    it("takes roles and users, not sessions of theirs, nor the account", () => {
        const checked = (arn: unknown) => checkPrincipal("admins[0]", arn).length;
        assert.equal(checked("arn:aws:iam::111122223333:role/teams/platform"), 0);
        assert.equal(checked("arn:aws:iam::111122223333:user/jo@example.com"), 0);
        for (const arn of [
            "arn:aws:sts::111122223333:assumed-role/platform/jo",
            "arn:aws:iam::111122223333:root",
            "arn:aws:iam::1111:role/x",
            "platform",
            undefined,
        ]) {
            assert.equal(checked(arn), 1, String(arn));
        }
    });

    it("refuses tags that AWS would", () => {
        assert.deepEqual(checkTags("tags", { team: "platform", "a:b/c": "x = y+z@_-." }), []);
        const said = checkTags("tags", { "aws:team": "x", cost: "<50%" });
        assert.deepEqual(
            said.map(({ path, message }) => `${path} ${message}`),
            [
                'tags["aws:team"] has a key that AWS refuses; use 1 to 128 letters, digits, spaces and any of "_.:/=+-@", without "aws:" in front.',
                'tags["cost"] is "<50%"; use at most 256 letters, digits, spaces and any of "_.:/=+-@".',
            ],
        );
        assert.equal(checkTags("tags", { "": "x", long: "x".repeat(257) }).length, 2);
    });
});
