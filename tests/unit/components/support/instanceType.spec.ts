import assert from "node:assert/strict";
import { checkInstanceType } from "../../../../components/support/instanceType";

const said = (type: unknown) =>
    checkInstanceType("type", type, '"m7i.large"').map(({ message }) => message);

describe("checkInstanceType", () => {
    it("takes every way in which Amazon writes sizes, also those it has yet to offer", () => {
        for (const type of [
            ...["t4g.nano", "t3.micro", "t3.small", "t3.medium", "m7i.large", "m7i.xlarge"],
            ...["m7i.2xlarge", "p4d.24xlarge", "m8i.96xlarge", "m9i.64xlarge"],
            ...["c5.metal", "m7i.metal-24xl", "m8g.metal-48xl", "m7i-flex.large"],
        ]) {
            assert.deepEqual(said(type), [], type);
        }
    });

    it("guesses what was meant", () => {
        const meant = (type: string) => /did you mean "(.*)"/.exec(said(type)[0] ?? "")?.[1];
        assert.deepEqual(["m7i.lrge", "t4g.smal", "m7i.2xlrge", "m7i.1xlarge"].map(meant), [
            "m7i.large",
            "t4g.small",
            "m7i.2xlarge",
            "m7i.xlarge",
        ]);
    });

    it("says what else is wrong", () => {
        assert.deepEqual(["m7i.tremendous", "mac2.metal", "m7ilarge", 7].flatMap(said), [
            'is "m7i.tremendous", and "tremendous" is no size of instances; use a type such as "m7i.large".',
            'is "mac2.metal", which runs no Linux; use a type such as "m7i.large".',
            'is "m7ilarge", which is no type of instances; use a type such as "m7i.large".',
            'is 7, which is no type of instances; use a type such as "m7i.large".',
        ]);
    });
});
