import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { layoutOf } from "../../../../local/federation/layout";
import {
    exclusively,
    openStateDirectory,
    removeStateDirectory,
} from "../../../../local/federation/stateDirectory";
import { UserError } from "../../../../local/support/errors";
import { silent } from "../../../../local/support/progress";
import { temporaryFolder } from "../../../support/temporary";

const says = (pattern: RegExp) => (error: unknown) =>
    error instanceof UserError && pattern.test(error.message);

describe("state directory", () => {
    const folder = temporaryFolder();
    const fresh = (() => {
        let count = 0;
        return () => path.join(folder, `state-${++count}`);
    })();

    it("is made with all its parents, open to its owner only", () => {
        const stateDir = path.join(fresh(), "deep", "state");
        const layout = openStateDirectory(stateDir);
        assert.equal(statSync(stateDir).mode & 0o777, 0o700);
        assert.equal(statSync(layout.version).mode & 0o777, 0o600);
    });

    it("is closed to others again when somebody opened it", () => {
        const stateDir = fresh();
        mkdirSync(stateDir, { mode: 0o755 });
        openStateDirectory(stateDir);
        assert.equal(statSync(stateDir).mode & 0o777, 0o700);
    });

    it("is opened again as it was left", () => {
        const stateDir = fresh();
        const { version } = openStateDirectory(stateDir);
        const before = readFileSync(version, "utf8");
        openStateDirectory(stateDir);
        assert.equal(readFileSync(version, "utf8"), before);
    });

    it("of another version is refused, and what to do is said", () => {
        const stateDir = fresh();
        const { version } = openStateDirectory(stateDir);
        const other = readFileSync(version, "utf8").replace(/\S+\s*$/, "0");
        writeFileSync(version, other);
        assert.throws(
            () => openStateDirectory(stateDir),
            says(/version "0".*version "\d+".*npm run stop -- --purge/),
        );
        removeStateDirectory(layoutOf(stateDir));
        assert.ok(!existsSync(stateDir));
    });

    it("is never a directory with other things in it", () => {
        const stateDir = fresh();
        mkdirSync(stateDir);
        writeFileSync(path.join(stateDir, "thesis.txt"), "years of work");
        assert.throws(() => openStateDirectory(stateDir), says(/not empty.*Choose/s));
        assert.throws(() => removeStateDirectory(layoutOf(stateDir)), says(/nothing .* touched/));
        assert.deepEqual(readdirSync(stateDir), ["thesis.txt"]);
    });

    it("that is not there, or empty, is removed without a word", () => {
        const stateDir = fresh();
        removeStateDirectory(layoutOf(stateDir));
        mkdirSync(stateDir);
        removeStateDirectory(layoutOf(stateDir));
        assert.ok(!existsSync(stateDir));
    });

    it("that cannot be written is refused by name", () => {
        const file = fresh();
        writeFileSync(file, "");
        const stateDir = path.join(file, "state");
        assert.throws(
            () => openStateDirectory(stateDir),
            says(new RegExp(`${stateDir} cannot be used .*choose another`)),
        );
    });

    it("has one command at work at a time; a second one is told who, and waits", async () => {
        const layout = openStateDirectory(fresh());
        const holder = holdLock(layout.lock);
        const order: string[] = [];
        const notes: string[] = [];
        await holder.holds;
        const second = exclusively(
            layout,
            { ...silent, note: (text) => void (notes.push(text), holder.release()) },
            async () => void order.push("second"),
        );
        await holder.ended.then(() => order.push("first"));
        await second;
        assert.deepEqual(order, ["first", "second"]);
        assert.equal(notes.length, 1);
        assert.ok(notes[0]?.includes(`Process ${holder.pid} `), notes[0]);
    });

    it("is free again when the command at work was killed", async () => {
        const layout = openStateDirectory(fresh());
        const holder = holdLock(layout.lock);
        await holder.holds;
        holder.kill();
        await holder.ended;
        assert.ok(existsSync(layout.lock));
        assert.equal(await exclusively(layout, silent, async () => "done"), "done");
    });

    it("may be removed by the command that another one waits for", async () => {
        const layout = openStateDirectory(fresh());
        let second: Promise<string> | undefined;
        await exclusively(layout, silent, async () => {
            await new Promise<void>((resolve) => {
                const noted = { ...silent, note: () => resolve() };
                second = exclusively(layout, noted, async () => "done");
            });
            removeStateDirectory(layout);
        });
        assert.equal(await second, "done");
    });
});

/** Another process that takes the lock, and ends when told to. */
function holdLock(file: string) {
    const lock = path.resolve(__dirname, "../../../../local/support/lock.ts");
    const program = `
        require("ts-node").register({ transpileOnly: true });
        require(${JSON.stringify(lock)}).withLock(${JSON.stringify(file)}, () => {}, async () => {
            console.log("holds");
            await new Promise((resolve) => process.stdin.once("data", resolve));
        }).then(() => process.exit());
    `;
    const child = spawn(process.execPath, ["-e", program], { stdio: ["pipe", "pipe", "inherit"] });
    return {
        pid: child.pid,
        holds: new Promise<void>((resolve) => child.stdout.once("data", () => resolve())),
        ended: new Promise<void>((resolve) => child.once("exit", () => resolve())),
        release: () => child.stdin.write("go\n"),
        kill: () => child.kill("SIGKILL"),
    };
}
