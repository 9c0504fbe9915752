import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as path from "node:path";

const run = (...args: string[]) =>
    spawnSync(process.execPath, [path.resolve(__dirname, "../../../../local/run.js"), ...args], {
        encoding: "utf8",
    });

describe("every command", () => {
    for (const name of ["start", "status", "stop", "test", "e2e"]) {
        it(`tells what ${name} does with --help`, () => {
            const { status, stdout } = run(name, "--help");
            assert.equal(status, 0);
            assert.match(stdout, /^[A-Z].*\.\n/);
            assert.match(stdout, /^Usage: npm /m);
        });
    }

    it("names an unknown option, shows the known ones and fails", () => {
        const { status, stderr } = run("stop", "--purgee");
        assert.equal(status, 1);
        assert.match(stderr, /Unknown option '--purgee'/);
        assert.match(stderr, /--purge /);
        assert.doesNotMatch(stderr, /at .*\.ts:/);
    });
});
