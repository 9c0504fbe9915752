import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { isLocked, removeLocksOfTheDead } from "../../../../local/engine/locks";
import { temporaryFolder } from "../../../support/temporary";

describe("the engine's locks", () => {
    const folder = temporaryFolder();
    const locks = path.join(folder, ".pulumi", "locks", "organization", "project", "local");

    it("of killed engines are removed, those of living ones stay", () => {
        mkdirSync(locks, { recursive: true });
        const dead = path.join(locks, "dead.json");
        const living = path.join(locks, "living.json");
        writeFileSync(dead, JSON.stringify({ pid: spawnSync("true").pid }));
        writeFileSync(living, JSON.stringify({ pid: process.pid }));
        removeLocksOfTheDead(folder);
        assert.equal(existsSync(dead), false);
        assert.equal(existsSync(living), true);
        assert.equal(isLocked(folder), true);
        rmSync(living);
        assert.equal(isLocked(folder), false);
    });

    it("that are just being written stay too", () => {
        mkdirSync(locks, { recursive: true });
        const begun = path.join(locks, "begun.json");
        writeFileSync(begun, '{ "pi');
        removeLocksOfTheDead(folder);
        assert.equal(existsSync(begun), true);
        assert.equal(isLocked(folder), true);
        rmSync(begun);
    });

    it("may not be there at all", () => {
        const nowhere = path.join(folder, "nowhere");
        removeLocksOfTheDead(nowhere);
        assert.equal(isLocked(nowhere), false);
    });
});
