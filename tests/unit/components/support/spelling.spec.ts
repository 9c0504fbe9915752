import assert from "node:assert/strict";
import { nearest } from "../../../../components/support/spelling";

const keys = ["kubeconfig", "members", "replicas", "weights"];

describe("nearest", () => {
    it("finds the word with a letter too many, too few, or another", () => {
        assert.equal(nearest("member", keys), "members");
        assert.equal(nearest("weigths", keys), "weights");
        assert.equal(nearest("kubeConfig", keys), "kubeconfig");
    });

    it("prefers the nearer of two", () => {
        assert.equal(nearest("push", ["pull", "push"]), "push");
    });

    it("guesses nothing where nothing is near", () => {
        assert.equal(nearest("colour", keys), undefined);
        assert.equal(nearest("", keys), undefined);
    });
});
