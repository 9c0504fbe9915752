import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
    generationAt,
    leafValidityHours,
    renewalWindowDays,
} from "../../../../../components/controlPlane/pki/generation";

const at = (text: string) => generationAt(new Date(text));
const day = 24 * 3_600_000;

describe("generation of certificates [KAR-2]", () => {
    for (const { when, label, end } of [
        { when: "2026-01-01T00:00:00Z", label: "1", end: "2026-10-01" },
        { when: "2026-09-30T23:59:59Z", label: "1", end: "2026-10-01" },
        { when: "2026-10-01T00:00:00Z", label: "2", end: "2027-07-01" },
        { when: "2028-02-29T12:00:00Z", label: "3", end: "2028-04-01" },
        { when: "2029-01-01T00:00:00Z", label: "5", end: "2029-10-01" },
    ]) {
        it(`is ${label} at ${when}, until ${end}`, () => {
            const generation = at(when);
            assert.equal(generation.label, label);
            assert.equal(generation.endsAt.toISOString(), `${end}T00:00:00.000Z`);
        });
    }

    it("goes on by date after somebody has forced a renewal", () => {
        const forced = (when: string) => generationAt(new Date(when), 7).label;
        assert.equal(forced("2026-09-30T00:00:00Z"), "1-7");
        assert.equal(forced("2026-10-01T00:00:00Z"), "2-7");
    });

    it("leaves whoever updates once in the window time to do so before any leaf ends", () => {
        const moments = fc.date({
            min: new Date("2026-01-01T00:00:00Z"),
            max: new Date("2126-01-01T00:00:00Z"),
            noInvalidDate: true,
        });
        fc.assert(
            fc.property(moments, (issued) => {
                const leafEnds = issued.getTime() + leafValidityHours * 3_600_000;
                const { endsAt } = generationAt(issued);
                assert.ok(endsAt > issued);
                assert.ok(leafEnds - endsAt.getTime() >= renewalWindowDays * day);
            }),
        );
    });
});
