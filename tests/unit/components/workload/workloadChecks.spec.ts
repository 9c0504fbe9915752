import assert from "node:assert/strict";
import { checkWorkload, type WorkloadFacts } from "../../../../components/workload/workloadChecks";

const good: WorkloadFacts = {
    workloadName: "nginx",
    namespace: "sample",
    policyName: "sample-propagation",
    replicas: 12,
    weights: { one: 1, two: 2 },
    members: ["one", "two", "three"],
};

const dnsLabel = "use 1 to 63 characters, lower-case letters, digits and inner hyphens.";
const wholeReplicas = "use a whole number from 0 to 1000000.";

describe("checkWorkload", () => {
    it("accepts a workload for some of the members", () => {
        assert.deepEqual(checkWorkload(good), []);
    });

    it("accepts no replica at all", () => {
        assert.deepEqual(checkWorkload({ ...good, replicas: 0 }), []);
    });

    it("takes weights on trust where the members are not known", () => {
        assert.deepEqual(checkWorkload({ ...good, members: undefined, weights: { x: 1 } }), []);
    });

    const refused: [title: string, change: object, path: string, message: string][] = [
        ["−1 replicas", { replicas: -1 }, "replicas", `is -1; ${wholeReplicas}`],
        ["1.5 replicas", { replicas: 1.5 }, "replicas", `is 1.5; ${wholeReplicas}`],
        ["NaN replicas", { replicas: NaN }, "replicas", `is NaN; ${wholeReplicas}`],
        ["endless replicas", { replicas: Infinity }, "replicas", `is Infinity; ${wholeReplicas}`],
        ["replicas as text", { replicas: "12" }, "replicas", `is "12"; ${wholeReplicas}`],
        ["a million and one", { replicas: 1000001 }, "replicas", `is 1000001; ${wholeReplicas}`],
        [
            "weight 0",
            { weights: { one: 0 } },
            "weights.one",
            "is 0; leave the member out, or use a whole number from 1.",
        ],
        ["weight −1", { weights: { one: -1 } }, "weights.one", "is -1; use a whole number from 1."],
        [
            "weight 1.5",
            { weights: { one: 1.5 } },
            "weights.one",
            "is 1.5; use a whole number from 1.",
        ],
        [
            "weight NaN",
            { weights: { one: NaN } },
            "weights.one",
            "is NaN; use a whole number from 1.",
        ],
        [
            "a weight as text",
            { weights: { one: "1" } },
            "weights.one",
            'is "1"; use a whole number from 1.',
        ],
        [
            "no weights",
            { weights: {} },
            "weights",
            'is empty; give at least one member a weight, e.g. { "member1": 1 }.',
        ],
        [
            "a list of weights",
            { weights: [1, 2] },
            "weights",
            'is [1,2]; give each member a weight, e.g. { "member1": 1, "member2": 2 }.',
        ],
        [
            "a weight for an unknown member",
            { weights: { four: 1 } },
            "weights.four",
            "names no member; the members are: one, two, three.",
        ],
        [
            "a weight where there are no members",
            { weights: { one: 1 }, members: [] },
            "weights.one",
            "names no member; the members are: none.",
        ],
        [
            "a weight for what cannot be a member",
            { weights: { One: 1 }, members: undefined },
            "a name in weights",
            'is "One"; a member\'s name has 1 to 48 characters, lower-case letters, digits and inner hyphens, e.g. "one".',
        ],
        [
            "a member named twice",
            { members: ["one", "two", "one"] },
            "members[2]",
            'is "one" again; name each member once.',
        ],
        [
            "a name with capitals",
            { workloadName: "Nginx" },
            "workloadName",
            `is "Nginx"; ${dnsLabel}`,
        ],
        [
            "a policy's name with a dot",
            { policyName: "a.b" },
            "policyName",
            `is "a.b"; ${dnsLabel}`,
        ],
        ["an empty namespace", { namespace: "" }, "namespace", `is ""; ${dnsLabel}`],
        [
            "a namespace that is not propagated",
            { namespace: "karmada-system" },
            "namespace",
            'is "karmada-system"; Karmada propagates nothing from namespaces that begin with "karmada-" or "kube-", use one of your own.',
        ],
        [
            "the label that finds the pods",
            { labels: { app: "web" } },
            "labels.app",
            "is set to the workload's name already; leave it out.",
        ],
    ];
    for (const [title, change, path, message] of refused) {
        it(`refuses ${title}`, () =>
            assert.deepEqual(checkWorkload({ ...good, ...change }), [{ path, message }]));
    }

    it("names every problem at once", () => {
        const bad = { ...good, workloadName: "", replicas: -1, weights: { one: 0, four: 1 } };
        assert.deepEqual(
            checkWorkload(bad).map((problem) => problem.path),
            ["workloadName", "replicas", "weights.one", "weights.four"],
        );
    });
});
