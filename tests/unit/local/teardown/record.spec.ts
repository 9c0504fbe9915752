import assert from "node:assert/strict";
import * as path from "node:path";
import { LeftoverRecord } from "../../../../local/teardown";
import { temporaryFolder } from "../../../support/temporary";

const bucket = { what: "Bucket snapshots", id: "snapshots-1", why: "the stack keeps it" };
const volume = { what: "Volume of a/b", id: "vol-1", why: "its storage class keeps volumes" };

describe("the list of what stays [END-1]", () => {
    it("is empty and no file before anything stayed", () => {
        const record = new LeftoverRecord("dev", path.join(temporaryFolder(), "none"));
        record.add([]);

        assert.deepEqual(record.read(), []);
    });

    it("names at the end of a second run what the first has given up", () => {
        const folder = temporaryFolder();
        new LeftoverRecord("dev", folder).add([bucket, volume]);
        new LeftoverRecord("dev", folder).add([volume]);

        assert.deepEqual(new LeftoverRecord("dev", folder).read(), [bucket, volume]);
        assert.deepEqual(new LeftoverRecord("prod", folder).read(), []);
    });
});
