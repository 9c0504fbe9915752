import assert from "node:assert/strict";
import fc from "fast-check";
import {
    checkRange,
    checkSources,
    contains,
    isPrivate,
    overlap,
    readRange,
    showRange,
} from "../../../../components/support/ranges";

const range = (text: string) => readRange(text)!;

describe("ranges of addresses", () => {
    it("are written as they were read", () => {
        const ranges = fc.record({
            address: fc.nat(2 ** 32 - 1),
            prefix: fc.integer({ min: 0, max: 32 }),
        });
        fc.assert(
            fc.property(ranges, ({ address, prefix }) => {
                const first = address - (address % 2 ** (32 - prefix));
                assert.deepEqual(readRange(showRange({ first, prefix })), { first, prefix });
            }),
        );
    });

    it("overlap only where one contains the other", () => {
        assert.ok(overlap(range("10.0.0.0/16"), range("10.0.128.0/17")));
        assert.ok(overlap(range("10.0.128.0/17"), range("10.0.0.0/16")));
        assert.ok(!overlap(range("10.0.0.0/16"), range("10.1.0.0/16")));
        assert.ok(contains(range("0.0.0.0/0"), range("255.255.255.255/32")));
        assert.ok(!contains(range("10.0.0.0/16"), range("10.0.0.0/15")));
    });

    it("are private where nobody on the internet has them", () => {
        for (const one of ["10.0.0.0/16", "172.31.0.0/16", "192.168.4.0/22", "100.64.0.0/16"]) {
            assert.ok(isPrivate(range(one)), one);
        }
        for (const one of ["11.0.0.0/16", "172.32.0.0/16", "172.0.0.0/8", "100.128.0.0/16"]) {
            assert.ok(!isPrivate(range(one)), one);
        }
    });

    for (const wrong of [
        "10.0.0.0",
        "10.0.0.256/16",
        "10.0.0.0/33",
        "ten",
        "::/0",
        "",
        7,
        undefined,
    ]) {
        it(`are not ${JSON.stringify(wrong)}`, () => {
            assert.deepEqual(checkRange("cidr", wrong), [
                {
                    path: "cidr",
                    message: `is ${JSON.stringify(wrong)}; use an IPv4 range such as "10.0.0.0/16".`,
                },
            ]);
        });
    }

    it("start where their prefix says", () => {
        assert.deepEqual(checkRange("cidr", "10.0.1.0/16"), [
            {
                path: "cidr",
                message:
                    'is "10.0.1.0/16", which is an address within a range; use "10.0.0.0/16", or "/32" for one address.',
            },
        ]);
    });
});

describe("checkSources [LB-2]", () => {
    const exposure = { openToTheWorld: false, flag: "openToTheWorld", most: 2 };
    const messages = (ranges: readonly string[], open = false) =>
        checkSources("from", ranges, { ...exposure, openToTheWorld: open }).map(
            ({ path, message }) => `${path} ${message}`,
        );

    it("refuses everybody, unless that is asked for by name", () => {
        assert.deepEqual(messages(["0.0.0.0/0"]), [
            'from[0] is "0.0.0.0/0", which is everybody; name the ranges of those who need it, or set openToTheWorld to true.',
        ]);
        assert.deepEqual(messages(["0.0.0.0/0"], true), []);
    });

    it("refuses everybody in two halves", () => {
        const large = (range: string, at: number) =>
            `from[${at}] is "${range}", which is a large part of the internet; name the ranges of those who need it, or set openToTheWorld to true.`;
        const halves = ["0.0.0.0/1", "128.0.0.0/1"];
        assert.deepEqual(messages(halves), halves.map(large));
        assert.deepEqual(messages(["11.0.0.0/8"]), []);
    });

    it("tells every other problem too", () => {
        assert.deepEqual(messages(["10.0.0.0/8", "10.0.0.0/8"]), [
            'from[1] is "10.0.0.0/8" again; name each range once.',
        ]);
        assert.deepEqual(messages(["10.0.0.0/8", "11.0.0.0/8", "12.0.0.0/8"]), [
            "from has 3 ranges; use 2 at most, and larger ones.",
        ]);
        assert.equal(messages(["x", "y"]).length, 2);
    });
});
