import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { withLock } from "../../../../local/support/lock";
import { identityOf } from "../../../../local/support/processIdentity";
import { temporaryFolder } from "../../../support/temporary";

describe("a lock", () => {
    const folder = temporaryFolder();
    const nobody = () => assert.fail("nobody holds this lock");

    it("lets one in at a time and leaves no file behind", async () => {
        const file = path.join(folder, "one-at-a-time");
        let inside = 0;
        const enter = () =>
            withLock(
                file,
                () => {},
                async () => {
                    assert.equal(++inside, 1);
                    await new Promise((resolve) => setTimeout(resolve, 20));
                    inside--;
                },
            );
        await Promise.all([enter(), enter(), enter()]);
        assert.equal(existsSync(file), false);
    });

    it("tells who holds it, so that a command can refuse instead of waiting", async () => {
        const file = path.join(folder, "held");
        const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
        try {
            writeFileSync(file, `${identityOf(other.pid!)}\nx`);
            const refuse = (pid: number) => {
                throw new Error(`held by ${pid}`);
            };
            await assert.rejects(
                withLock(file, refuse, async () => assert.fail("must not get in")),
                { message: `held by ${other.pid}` },
            );
        } finally {
            other.kill("SIGKILL");
        }
    });

    it("is taken over from a holder that was killed", async () => {
        const file = path.join(folder, "stale");
        const dead = spawn(process.execPath, ["-e", ""]);
        const identity = identityOf(dead.pid!);
        await once(dead, "exit");
        writeFileSync(file, `${identity}\nx`);
        assert.equal(await withLock(file, nobody, async () => "in"), "in");
    });

    it("is taken over from a process that merely has the holder's number", async () => {
        const file = path.join(folder, "reused");
        writeFileSync(file, `${process.pid}@1\nx`);
        assert.equal(await withLock(file, nobody, async () => "in"), "in");
    });
});
