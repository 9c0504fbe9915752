import * as assert from "node:assert/strict";
import { existsSync } from "node:fs";
import * as path from "node:path";
import { withOwnBundled } from "../../../../../local/plugins/language/ownProgram";
import { projectRoot } from "../../../../../local/support/root";

describe("a program that the language host runs", () => {
    it("is one JavaScript file when it is this project's own, and keeps its options", async () => {
        const info = {
            rootDirectory: projectRoot,
            programDirectory: path.join(projectRoot, "stacks"),
            entryPoint: "index.ts",
            options: { nodeargs: "--trace-warnings" },
        };
        const { entryPoint, options, ...rest } = await withOwnBundled(info);
        assert.match(entryPoint, /\.js$/);
        assert.ok(existsSync(entryPoint));
        const nodeargs = "--trace-warnings --enable-source-maps";
        assert.deepEqual(options, { typescript: false, nodeargs });
        const { rootDirectory, programDirectory } = info;
        assert.deepEqual(rest, { rootDirectory, programDirectory });
    });

    it("is left as it is when it is another", async () => {
        const info = {
            rootDirectory: "/elsewhere",
            programDirectory: "/elsewhere",
            entryPoint: "index.ts",
            options: {},
        };
        assert.equal(await withOwnBundled(info), info);
    });
});
