import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import {
    type Snapshot,
    wasInterrupted,
    withUnfinished,
} from "../../../../local/engine/interrupted";
import { temporaryFolder } from "../../../support/temporary";

const resource = (name: string, rest: object = {}) => ({
    urn: `urn:pulumi:local::p::kubernetes:core/v1:Secret::${name}`,
    type: "kubernetes:core/v1:Secret",
    inputs: { metadata: { name, namespace: "here" } },
    ...rest,
});

const interruptedAt = (type: string, unfinished: ReturnType<typeof resource>): Snapshot => ({
    resources: [resource("other", { id: "here/other" })],
    pending_operations: [{ type, resource: unfinished }],
});

const added = (state: Snapshot) => withUnfinished(state).resources!.slice(1);

describe("an interrupted update", () => {
    const folder = temporaryFolder();

    for (const type of ["creating", "updating", "deleting"]) {
        it(`is known by what it was ${type}`, () => {
            const file = path.join(folder, `${type}.json`);
            const latest = interruptedAt(type, resource("one"));
            writeFileSync(file, JSON.stringify({ checkpoint: { latest } }));
            assert.equal(wasInterrupted(file), true);
        });
    }

    it("is none in a state without open operations, or without a state", () => {
        const file = path.join(folder, "whole.json");
        writeFileSync(file, JSON.stringify({ checkpoint: { latest: { resources: [] } } }));
        assert.equal(wasInterrupted(file), false);
        assert.equal(wasInterrupted(path.join(folder, "none.json")), false);
    });

    it("has made what it was making, until a refresh sees otherwise", () => {
        const one = resource("one");
        assert.deepEqual(added(interruptedAt("creating", one)), [{ ...one, id: "here/one" }]);
        const role = resource("role", { inputs: { metadata: { name: "role" } } });
        assert.deepEqual(added(interruptedAt("creating", role)), [{ ...role, id: "role" }]);
    });

    it("is over once it is settled", () => {
        const state = withUnfinished(interruptedAt("updating", resource("one")));
        assert.deepEqual(state.pending_operations, []);
    });

    it("adds nothing that is there already, and nothing of other kinds", () => {
        assert.deepEqual(added(interruptedAt("updating", resource("one"))), []);
        assert.deepEqual(added(interruptedAt("creating", resource("other"))), []);
        const key = resource("key", { type: "tls:index/privateKey:PrivateKey" });
        assert.deepEqual(added(interruptedAt("creating", key)), []);
    });

    it("has what was to replace another removed, as the other has its place", () => {
        const next = resource("other", {
            inputs: { metadata: { name: "next", namespace: "here" } },
        });
        assert.deepEqual(added(interruptedAt("creating", next)), [
            { ...next, id: "here/next", delete: true },
        ]);
    });
});
