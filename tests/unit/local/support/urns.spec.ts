import assert from "node:assert/strict";
import { parseUrn, shortType, urnOfProvider } from "../../../../local/support/urns";

describe("a URN of the engine's", () => {
    it("tells a resource's type and name, colons in the name included", () => {
        const urn = "urn:pulumi:dev::shop::pkg:index:Parent$pkg:index:Thing::a::b";
        assert.deepEqual(parseUrn(urn), { type: "pkg:index:Thing", name: "a::b" });
    });

    it("is found in a reference to a provider, without the id", () => {
        const urn = "urn:pulumi:dev::shop::pulumi:providers:aws::aws-eu";
        assert.equal(urnOfProvider(`${urn}::4b1f-9`), urn);
    });

    it("has a type whose last word is what people call it", () => {
        assert.equal(shortType("aws:eks/cluster:Cluster"), "Cluster");
        assert.equal(shortType("pulumi-karmada-eks:index:KarmadaVpc"), "KarmadaVpc");
    });
});
