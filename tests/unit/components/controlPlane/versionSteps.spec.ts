import assert from "node:assert/strict";
import { stepProblems } from "../../../../components/controlPlane/versionSteps";
import type { ControlPlaneVersions } from "../../../../components/versions";

const before: ControlPlaneVersions = { karmada: "1.18.1", kubernetes: "1.34.1", etcd: "3.6.8-0" };
const after = (change: Partial<ControlPlaneVersions>) =>
    stepProblems(before, { ...before, ...change }).map(({ path, message }) => `${path} ${message}`);

describe("versions of a control plane that runs [KAR-1]", () => {
    it("may stay, and go on by a patch or by one minor version", () => {
        assert.deepEqual(after({}), []);
        assert.deepEqual(after({ karmada: "1.18.12", kubernetes: "1.35.2", etcd: "3.7.0" }), []);
    });

    it("leave no minor version out: the next one is named", () => {
        assert.deepEqual(after({ kubernetes: "1.36.0" }), [
            'versions.kubernetes was "1.34.1" and is now "1.36.0"; no minor version may be left out. Go to 1.35 first, with an update of its own.',
        ]);
    });

    it("do not go back, not by a patch either; all changes are told at once", () => {
        const told = after({ karmada: "1.17.9", kubernetes: "1.34.0", etcd: "4.0.0" });
        assert.equal(told.length, 3);
        assert.match(
            told[0]!,
            /^versions\.karmada was "1\.18\.1" and is now "1\.17\.9"; .*back to/,
        );
        assert.match(told[1]!, /^versions\.kubernetes .*restore a snapshot/);
        assert.match(told[2]!, /^versions\.etcd .*Go to 3\.7 first/);
    });

    it("of images with tags of another kind are the user's own business", () => {
        assert.deepEqual(after({ etcd: "latest" }), []);
    });
});
