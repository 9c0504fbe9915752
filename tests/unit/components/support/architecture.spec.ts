import assert from "node:assert/strict";
import { architectureOf } from "../../../../components/support/architecture";

describe("architectureOf", () => {
    const known: Readonly<Record<string, readonly string[]>> = {
        x86_64: [
            "m7i.large",
            "t3.medium",
            "m7i-flex.large",
            "g5.xlarge",
            "p4d.24xlarge",
            "x2iedn.xlarge",
        ],
        arm64: [
            "m7g.large",
            "t4g.small",
            "c6gn.xlarge",
            "im4gn.large",
            "is4gen.large",
            "g5g.xlarge",
            "a1.large",
        ],
    };
    for (const [architecture, types] of Object.entries(known)) {
        it(`tells ${architecture} by the type's name`, () => {
            for (const type of types) assert.equal(architectureOf(type), architecture, type);
        });
    }

    it("knows none for what runs no Linux nodes", () => {
        for (const type of ["mac2.metal", "mac2-m2.metal", "large", "m7i", "M7I.large", "", 7]) {
            assert.equal(architectureOf(type), undefined, String(type));
        }
    });
});
