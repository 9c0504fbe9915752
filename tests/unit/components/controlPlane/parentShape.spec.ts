import * as assert from "node:assert/strict";
import { shortages } from "../../../../components/controlPlane/parentShape";

const asDefault = { etcd: { members: 3 }, servers: 3, controllers: 2 };

/** A node in each zone named; "-" is one that says none, in capitals one that is for other pods. */
const nodesIn = (zones: string) =>
    [...zones].map((letter) => ({
        zone: letter === "-" ? undefined : `zone-${letter.toLowerCase()}`,
        isOpen: letter === letter.toLowerCase(),
    }));

const pathsOf = (facts: Parameters<typeof shortages>[0], zones: string) =>
    shortages(facts, nodesIn(zones)).map(({ path }) => path);

describe("what a parent's nodes have no place for [ERR-1]", () => {
    for (const [zones, paths] of [
        ["abc", []],
        ["aabbcc", []],
        ["abc-", []],
        ["aabb", ["etcd.zoneSpread"]],
        ["ab", ["etcd.members", "etcd.zoneSpread", "servers"]],
        ["a", ["etcd.members", "etcd.zoneSpread", "servers", "controllers"]],
        ["---", ["etcd.zoneSpread"]],
        ["aabbC", ["etcd.zoneSpread"]],
        ["", ["etcd.members", "servers", "controllers"]],
    ] as const) {
        it(`is ${paths.join(", ") || "nothing"} with nodes in zones "${zones}"`, () => {
            assert.deepEqual(pathsOf(asDefault, zones), paths);
        });
    }

    it("is nothing where one node is enough, whether or not it is in a zone", () => {
        assert.deepEqual(pathsOf({ etcd: { members: 1 }, servers: 1, controllers: 1 }, "-"), []);
    });

    it("is no matter of zones when etcd only prefers them", () => {
        const etcd = { members: 3, zoneSpread: "preferred" } as const;
        assert.deepEqual(pathsOf({ ...asDefault, etcd }, "aaa"), []);
    });

    // As kube-scheduler places them: a zone takes two, or three, more than the emptiest.
    for (const [members, zones, says] of [
        [5, "aabbc", undefined],
        [5, "abccc", /more than 2 members will be in one of them, whose loss then stops Karmada/],
        [5, "abc--", /2 find no place/],
        [5, "aabc-", /1 finds no place/],
        [5, "abcccD", /1 finds no place/],
        [7, "aaabbcc", undefined],
        [7, "abccccc", /1 finds no place/],
    ] as const) {
        it(`is ${says?.source ?? "nothing"} of ${members} members in zones "${zones}"`, () => {
            const [problem, ...others] = shortages(
                { ...asDefault, etcd: { members } },
                nodesIn(zones),
            );
            assert.deepEqual(others, []);
            assert.equal(problem?.path, says && "etcd.zoneSpread");
            if (says) assert.match(problem!.message, says);
        });
    }

    it("is told with what is there, what comes of it and what to do", () => {
        assert.deepEqual(shortages(asDefault, nodesIn("ab")), [
            {
                path: "etcd.members",
                message:
                    "is 3, each on a node of its own, and the parent has 2 that take pods: 1 finds no place, and an update that waits for it fails after ten minutes. Add nodes, or use fewer.",
            },
            {
                path: "etcd.zoneSpread",
                message:
                    'is "required", which takes three zones with a node for each member, and the parent\'s nodes are in "zone-a" (1), "zone-b" (1): 1 finds no place, and an update that waits for it fails after ten minutes. Add nodes in other zones, or use "preferred", with which the loss of a zone can stop Karmada.',
            },
            {
                path: "servers",
                message:
                    "is 3, each on a node of its own, and the parent has 2 that take pods: 1 finds no place, and an update that waits for it fails after ten minutes. Add nodes, or use fewer.",
            },
        ]);
    });
});
