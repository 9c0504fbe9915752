import assert from "node:assert/strict";
import fc from "fast-check";
import {
    mostZones,
    networkPrefixes,
    planSubnets,
} from "../../../../components/karmadaVpc/subnetPlan";
import { contains, overlap, readRange, showRange } from "../../../../components/support/ranges";

const zones = ["a", "b", "c", "d"].map((letter) => `eu-central-1${letter}`);

describe("planSubnets [NET-1]", () => {
    it("gives each zone half a share for nodes and a quarter for what faces the internet", () => {
        assert.deepEqual(planSubnets("10.0.0.0/16", zones.slice(0, 3)), [
            {
                zone: "eu-central-1a",
                publicRange: "10.0.32.0/20",
                privateRange: "10.0.0.0/19",
            },
            {
                zone: "eu-central-1b",
                publicRange: "10.0.96.0/20",
                privateRange: "10.0.64.0/19",
            },
            {
                zone: "eu-central-1c",
                publicRange: "10.0.160.0/20",
                privateRange: "10.0.128.0/19",
            },
        ]);
    });

    it("moves nobody's subnets when a zone is added", () => {
        for (let count = 1; count < mostZones; count += 1) {
            const before = planSubnets("10.0.0.0/20", zones.slice(0, count));
            const after = planSubnets("10.0.0.0/20", zones.slice(0, count + 1));
            assert.deepEqual(after.slice(0, count), before);
        }
    });

    it("keeps all subnets within the network and apart from each other, in any network", () => {
        const { shortest, longest } = networkPrefixes;
        const networks = fc.record({
            address: fc.nat(2 ** 32 - 1),
            prefix: fc.integer({ min: shortest, max: longest }),
        });
        fc.assert(
            fc.property(networks, ({ address, prefix }) => {
                const first = address - (address % 2 ** (32 - prefix));
                const ranges = planSubnets(showRange({ first, prefix }), zones).flatMap((planned) =>
                    [planned.publicRange, planned.privateRange].map((text) => readRange(text)!),
                );
                assert.ok(ranges.every((range) => contains({ first, prefix }, range)));
                ranges.forEach((one, at) =>
                    ranges.slice(at + 1).forEach((other) => assert.ok(!overlap(one, other))),
                );
            }),
        );
    });

    it("leaves a hundred addresses for nodes and pods in each zone of the smallest network", () => {
        const [planned] = planSubnets("10.0.0.0/22", zones);
        assert.equal(readRange(planned!.privateRange)!.prefix, 25);
    });
});
