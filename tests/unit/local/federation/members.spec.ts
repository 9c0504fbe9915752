import { strict as assert } from "node:assert";
import { nodesOf } from "../../../../local/federation/nodes";
import { checkMembers, type MemberSpec } from "../../../../local/federation/options";

const member = (own: Partial<MemberSpec>): MemberSpec => ({
    name: "one",
    region: "eu-central-1",
    zones: ["eu-central-1a"],
    nodes: 2,
    ...own,
});

describe("list of members", () => {
    it("may be empty", () => assert.deepEqual(checkMembers([]), []));

    for (const name of ["a", "9", "ekseucl01", "a-b", "x".repeat(48)]) {
        it(`takes a name of ${name.length} characters, "${name}"`, () =>
            assert.deepEqual(checkMembers([member({ name })]), []));
    }

    for (const name of [
        "",
        "x".repeat(49),
        "-a",
        "a-",
        "A",
        "a.b",
        "ä",
        "../a",
        "karmada",
        "etcd",
    ]) {
        it(`refuses the name "${name}" and quotes it`, () => {
            const [problem = "", ...more] = checkMembers([member({ name })]);
            assert.ok(problem.startsWith(`members[0].name is "${name}"`), problem);
            assert.deepEqual(more, []);
        });
    }

    it("tells every problem at once, with its place", () => {
        const problems = checkMembers([
            member({}),
            member({ region: "eu central", nodes: 0 }),
            member({ name: "two", zones: ["a b"], nodes: 1.5 }),
        ]);
        const places = problems.map((problem) => problem.split(" ")[0]);
        assert.deepEqual(places, [
            "members[1].name",
            "members[1].region",
            "members[1].nodes",
            "members[2].zones",
            "members[2].nodes",
        ]);
    });

    it("may leave region and zones open; the nodes then carry none", () => {
        const open = member({ region: "", zones: [] });
        assert.deepEqual(checkMembers([open]), []);
        for (const { metadata } of nodesOf(open)) {
            const keys = Object.keys(metadata.labels ?? {});
            assert.deepEqual(
                keys.filter((key) => key.startsWith("topology")),
                [],
            );
        }
    });

    it("becomes nodes spread over the zones, each with host name, region and zone", () => {
        const nodes = nodesOf(member({ zones: ["a", "b"], nodes: 3 }));
        assert.deepEqual(
            nodes.map(({ metadata: { name, labels = {} } }) => [
                name,
                labels["kubernetes.io/hostname"],
                labels["topology.kubernetes.io/region"],
                labels["topology.kubernetes.io/zone"],
            ]),
            [
                ["one-1", "one-1", "eu-central-1", "a"],
                ["one-2", "one-2", "eu-central-1", "b"],
                ["one-3", "one-3", "eu-central-1", "a"],
            ],
        );
    });
});
