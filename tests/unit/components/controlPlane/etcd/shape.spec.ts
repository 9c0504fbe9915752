import assert from "node:assert/strict";
import { type Shape, shapeProblems } from "../../../../../components/controlPlane/etcd/shape";

const shape: Shape = { members: 3, storageClassName: "ebs-sc", storageSize: "10Gi" };
const after = (change: Partial<Shape>) =>
    shapeProblems(shape, { ...shape, ...change }).map(({ path, message }) => `${path} ${message}`);

describe("shape of an etcd that runs [KAR-1]", () => {
    it("may stay as it is", () => assert.deepEqual(after({}), []));

    it("keeps its number of members, and says how to get another", () => {
        assert.deepEqual(after({ members: 5 }), [
            "members was 3 and is now 5; every member knows the others by name, and a change in place loses the majority. Make the control plane anew with another number and restore a snapshot (docs/restore.md). Until then set it back.",
        ]);
    });

    it("keeps its volumes too; all changes are told at once", () => {
        const told = after({ members: 1, storageClassName: "gp2", storageSize: "20Gi" });
        assert.equal(told.length, 3);
        assert.match(
            told[1]!,
            /^storageClassName was "ebs-sc" and is now "gp2"; Kubernetes does not/,
        );
        assert.match(told[2]!, /^storageSize was "10Gi" and is now "20Gi"; .*data-etcd-0/);
    });
});
