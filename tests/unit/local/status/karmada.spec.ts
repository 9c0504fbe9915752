import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { openStateDirectory } from "../../../../local/federation";
import { writeMembers } from "../../../../local/federation/members";
import { writeRecord } from "../../../../local/federation/records";
import { withLocalKarmada } from "../../../../local/status";
import { identityOf } from "../../../../local/support/processIdentity";
import { temporaryFolder } from "../../../support/temporary";

describe("asking the local Karmada", () => {
    const stateDir = path.join(temporaryFolder(), "state");
    const ask = () => withLocalKarmada(stateDir, async () => assert.fail("it cannot answer"));

    it("says how to start it when it does not run", async () => {
        await assert.rejects(ask(), {
            name: "UserError",
            message: "The local Karmada is not running. Start it with: npm start",
        });
    });

    it("names processes that have died, with their logs, instead of waiting for them", async () => {
        const layout = openStateDirectory(stateDir);
        writeMembers(layout, []);
        const living = { pid: process.pid, identity: identityOf(process.pid)!, fingerprint: "" };
        const pid = spawnSync("true").pid;
        writeRecord(layout, "karmada.scheduler", living);
        writeRecord(layout, "etcd", { pid, identity: `${pid}@1`, fingerprint: "" });
        await assert.rejects(ask(), {
            name: "UserError",
            message: `These processes have died; npm start brings them back:\n  - etcd, log: ${layout.log("etcd")}`,
        });
    });
});
