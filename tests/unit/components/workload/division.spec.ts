import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import {
    type Division,
    divideReplicas,
    possibleDivisions,
} from "../../../../components/workload/division";

const demo = { ekseucl01: 1, ekseucl02: 1, eksuscl01: 2 };

/** FNV-1a of these is even and odd: names win ties in ascending and in descending order. */
const ascendingUid = "1";
const descendingUid = "2";

type Row = [replicas: number, uid: string, weights: Record<string, number>, division: Division];
const table = JSON.parse(readFileSync(join(__dirname, "divisions.json"), "utf8")) as {
    readonly cases: readonly Row[];
};

const memberWeights = fc.dictionary(
    fc.stringMatching(/^[a-z0-9][-a-z0-9]{0,6}[a-z0-9]$/),
    fc.integer({ min: 1, max: 1000 }),
    { minKeys: 1, maxKeys: 12, noNullPrototype: true },
);
const replicaCount = fc.integer({ min: 0, max: 500 });

describe("divideReplicas", () => {
    it("gives the demo's 12 replicas as 3, 3 and 6 whatever the UID [WRK-1]", () => {
        const expected = { ekseucl01: 3, ekseucl02: 3, eksuscl01: 6 };
        for (const uid of ["", ascendingUid, descendingUid]) {
            assert.deepEqual(divideReplicas(12, demo, uid), expected);
        }
    });

    it("gives two members of equal weight the same number [WRK-2]", () => {
        assert.deepEqual(divideReplicas(10, { a: 1, b: 1 }), { a: 5, b: 5 });
    });

    it("divides 13 by 1:1:2 as 3, 3 and 7", () => {
        assert.deepEqual(divideReplicas(13, demo), { ekseucl01: 3, ekseucl02: 3, eksuscl01: 7 });
    });

    it("lets the UID decide who gets the odd replica", () => {
        const first = { ekseucl01: 4, ekseucl02: 3, eksuscl01: 7 };
        const second = { ekseucl01: 3, ekseucl02: 4, eksuscl01: 7 };
        assert.deepEqual(divideReplicas(14, demo), first);
        assert.deepEqual(divideReplicas(14, demo, ascendingUid), first);
        assert.deepEqual(divideReplicas(14, demo, descendingUid), second);
    });

    it("leaves out members that get no replica", () => {
        assert.deepEqual(divideReplicas(0, demo), {});
        assert.deepEqual(divideReplicas(1, demo), { eksuscl01: 1 });
    });

    it("agrees with Karmada's own function on every recorded case", () => {
        assert.ok(table.cases.length > 300);
        for (const [replicas, uid, weights, division] of table.cases) {
            const where = JSON.stringify({ replicas, uid, weights });
            assert.deepEqual(divideReplicas(replicas, weights, uid), division, where);
        }
    });

    it("hands out exactly the replicas asked for", () => {
        fc.assert(
            fc.property(replicaCount, memberWeights, fc.string(), (replicas, weights, uid) => {
                const given = Object.values(divideReplicas(replicas, weights, uid));
                assert.equal(
                    given.reduce((sum, each) => sum + each, 0),
                    replicas,
                );
            }),
        );
    });

    it("never takes a replica away when there are more", () => {
        fc.assert(
            fc.property(replicaCount, memberWeights, fc.string(), (replicas, weights, uid) => {
                const before = divideReplicas(replicas, weights, uid);
                const after = divideReplicas(replicas + 1, weights, uid);
                for (const [member, count] of Object.entries(before)) {
                    assert.ok((after[member] ?? 0) >= count);
                }
            }),
        );
    });

    it("does not depend on the order in which members are named", () => {
        fc.assert(
            fc.property(replicaCount, memberWeights, fc.string(), (replicas, weights, uid) => {
                const reversed = Object.fromEntries(Object.entries(weights).reverse());
                assert.deepEqual(
                    divideReplicas(replicas, reversed, uid),
                    divideReplicas(replicas, weights, uid),
                );
            }),
        );
    });

    it("never gives a lighter member more than a heavier one", () => {
        fc.assert(
            fc.property(replicaCount, memberWeights, (replicas, weights) => {
                const division = divideReplicas(replicas, weights);
                for (const [one, weight] of Object.entries(weights)) {
                    for (const [other, less] of Object.entries(weights)) {
                        assert.ok(weight <= less || (division[one] ?? 0) >= (division[other] ?? 0));
                    }
                }
            }),
        );
    });
});

describe("possibleDivisions", () => {
    it("knows one division where no UID makes a difference", () => {
        assert.deepEqual(possibleDivisions(12, demo), [
            { ekseucl01: 3, ekseucl02: 3, eksuscl01: 6 },
        ]);
    });

    it("names both divisions where a tie falls on the last replica", () => {
        assert.deepEqual(possibleDivisions(14, demo), [
            { ekseucl01: 4, ekseucl02: 3, eksuscl01: 7 },
            { ekseucl01: 3, ekseucl02: 4, eksuscl01: 7 },
        ]);
    });

    it("contains the division of every UID", () => {
        fc.assert(
            fc.property(replicaCount, memberWeights, fc.string(), (replicas, weights, uid) => {
                const exact = JSON.stringify(divideReplicas(replicas, weights, uid));
                const possible = possibleDivisions(replicas, weights);
                assert.ok(possible.some((each) => JSON.stringify(each) === exact));
            }),
        );
    });
});
