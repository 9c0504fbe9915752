import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { projectRoot } from "../../../../local/support/root";
import { temporaryFolder } from "../../../support/temporary";

describe("the command that shows a plan", function () {
    this.timeout(60_000);
    const folder = temporaryFolder();
    const plan = (...args: string[]) =>
        spawnSync(process.execPath, [path.join(projectRoot, "local/run.js"), "plan", ...args], {
            encoding: "utf8",
        });

    for (const [place, message] of [
        ["none/dev.svg", /but there is no folder .*none: make it first/],
        [".", /which is a folder: name a file in it/],
    ] as const) {
        it(`does not begin where the picture cannot be put, as in ${place}`, () => {
            const { status, stderr } = plan("-s", "dev", "--svg", path.join(folder, place));
            assert.equal(status, 1);
            assert.match(stderr, message);
            assert.doesNotMatch(stderr, /preview dev/);
        });
    }

    it("knows no stack without a file, and asks whether another was meant", () => {
        const { status, stderr } = plan("-s", "pord");
        assert.equal(status, 1);
        assert.match(stderr, /There is no stack file .*Pulumi\.pord\.yaml: did you mean prod\?/);
    });
});
