import * as assert from "node:assert/strict";
import { shortages } from "../../../../components/controlPlane/parentShape";

const asDefault = { etcd: { members: 3 }, servers: 3, controllers: 2 };

/** A node in each zone named; "-" is one that says none. */
const nodesIn = (zones: string) =>
    [...zones].map((zone) => (zone === "-" ? {} : { zone: `zone-${zone}` }));

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
        ["", ["etcd.members", "etcd.zoneSpread", "servers", "controllers"]],
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

    it("is what of five or seven members has to share a zone with the majority", () => {
        const five = { ...asDefault, etcd: { members: 5 } };
        assert.deepEqual(pathsOf(five, "aabbc"), []);
        assert.deepEqual(pathsOf(five, "abccc"), ["etcd.zoneSpread"]);
        assert.deepEqual(pathsOf({ ...asDefault, etcd: { members: 7 } }, "aaabbcc"), []);
    });

    it("is told with what is there, what comes of it and what to do", () => {
        assert.deepEqual(shortages(asDefault, nodesIn("ab")), [
            {
                path: "etcd.members",
                message:
                    "is 3, each on a node of its own, and the parent has 2 that take pods: 1 finds no place, and the update fails when that has lasted for ten minutes. Add nodes, or use fewer.",
            },
            {
                path: "etcd.zoneSpread",
                message:
                    'is "required", which takes three zones, and the parent\'s nodes are in "zone-a" (1), "zone-b" (1): 1 finds no place, and the update fails when that has lasted for ten minutes. Add nodes in other zones, or use "preferred", with which the loss of a zone can stop Karmada.',
            },
            {
                path: "servers",
                message:
                    "is 3, each on a node of its own, and the parent has 2 that take pods: 1 finds no place, and the update fails when that has lasted for ten minutes. Add nodes, or use 2.",
            },
        ]);
    });
});
