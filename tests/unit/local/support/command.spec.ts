import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
    cpSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const runner = path.resolve(__dirname, "../../../../local/run.js");
const run = (args: readonly string[], program = runner) =>
    spawnSync(process.execPath, [program, ...args], { encoding: "utf8" });

describe("every command", () => {
    for (const name of ["start", "status", "stop", "test", "e2e", "plan"]) {
        it(`tells what ${name} does with --help`, () => {
            const { status, stdout } = run([name, "--help"]);
            assert.equal(status, 0);
            assert.match(stdout, /^[A-Z].*\.\n/);
            assert.match(stdout, /^Usage: npm /m);
        });
    }

    it("names an unknown option, shows the known ones and fails with a code of its own", () => {
        const { status, stderr } = run(["stop", "--purgee"]);
        assert.equal(status, 2);
        assert.match(stderr, /Unknown option '--purgee'/);
        assert.match(stderr, /--purge /);
        assert.doesNotMatch(stderr, /at .*\.ts:/);
    });

    it("says what it cannot do without", () => {
        const { status, stderr } = run(["plan"]);
        assert.equal(status, 2);
        assert.match(stderr, /Missing: -s, --stack STACK\n\nUsage: npm run plan/);
    });

    it("leaves packages alone that it reaches through a link, and says what to do", () => {
        const folder = mkdtempSync(path.join(os.tmpdir(), "karmada-eks-linked-"));
        try {
            cpSync(runner, path.join(folder, "local/run.js"));
            writeFileSync(path.join(folder, "package-lock.json"), "{}");
            const elsewhere = path.join(folder, "elsewhere");
            mkdirSync(path.join(elsewhere, "package"), { recursive: true });
            symlinkSync(elsewhere, path.join(folder, "node_modules"));
            const { status, stderr } = run(["status"], path.join(folder, "local/run.js"));
            assert.equal(status, 1);
            assert.match(stderr, /node_modules is a link:\nrun npm ci where it leads to/);
            assert.deepEqual(readdirSync(elsewhere), ["package"]);
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });
});
