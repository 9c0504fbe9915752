import * as assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { installedDependencies } from "../../../../../local/plugins/language/dependencies";

describe("installed dependencies", () => {
    let folder = "";
    before(() => {
        folder = mkdtempSync(path.join(tmpdir(), "dependencies-"));
        mkdirSync(path.join(folder, "node_modules"));
        const manifest = { dependencies: { "@scope/a": "^1" }, devDependencies: { b: "*" } };
        const packages = {
            "node_modules/@scope/a": { version: "1.2.3" },
            "node_modules/b": { version: "4.0.0" },
            "node_modules/b/node_modules/@scope/a": { version: "1.0.0" },
            "node_modules/c": { version: "0.1.0" },
        };
        writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
        const lock = path.join(folder, "node_modules", ".package-lock.json");
        writeFileSync(lock, JSON.stringify({ packages }));
    });
    after(() => rmSync(folder, { recursive: true }));

    it("are those of the program itself, in the version that is there", () => {
        assert.deepEqual(installedDependencies(folder, false), [
            { name: "@scope/a", version: "1.2.3" },
            { name: "b", version: "4.0.0" },
        ]);
    });

    it("are all of them when asked for", () => {
        const all = installedDependencies(folder, true).map((d) => `${d.name}@${d.version}`);
        assert.deepEqual(all, ["@scope/a@1.2.3", "b@4.0.0", "@scope/a@1.0.0", "c@0.1.0"]);
    });

    it("are none where nothing is installed", () => {
        assert.deepEqual(installedDependencies(path.join(folder, "none"), true), []);
    });
});
