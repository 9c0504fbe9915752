import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
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
import { setTimeout as sleep } from "node:timers/promises";

const runner = path.resolve(__dirname, "../../../../local/run.js");
const run = (args: readonly string[], program = runner) =>
    spawnSync(process.execPath, [program, ...args], { encoding: "utf8" });

const slowBundler = `
exports.bundled = async () => {
    console.log("bundling");
    await new Promise((resolve) => setTimeout(resolve, 500));
    return require.resolve("../program.js");
};`;
const slowProgram = `
require("node:fs").writeSync(1, "loading\\n");
const end = Date.now() + 500;
while (Date.now() < end);
exports.main = () => {
    process.on("SIGINT", () => process.exit(130));
    setTimeout(() => {}, 1_000);
};`;

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

    for (const moment of ["bundling", "loading"]) {
        it(`ends as interrupted when Ctrl-C comes while it is ${moment}, and once more by npm`, async () => {
            const folder = mkdtempSync(path.join(os.tmpdir(), "karmada-eks-interrupted-"));
            try {
                cpSync(runner, path.join(folder, "local/run.js"));
                mkdirSync(path.join(folder, "local/support"));
                writeFileSync(path.join(folder, "local/support/bundle.js"), slowBundler);
                writeFileSync(path.join(folder, "local/program.js"), slowProgram);
                const child = spawn(process.execPath, [path.join(folder, "local/run.js"), "x"]);
                const end = once(child, "exit");
                for await (const text of child.stdout.setEncoding("utf8")) {
                    if (!String(text).includes(moment)) continue;
                    child.kill("SIGINT");
                    await sleep(5);
                    child.kill("SIGINT");
                    break;
                }
                const [code, signal] = (await end) as [number | null, string | null];
                assert.deepEqual({ code, signal }, { code: 130, signal: null });
            } finally {
                rmSync(folder, { recursive: true, force: true });
            }
        });
    }

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
