import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { bundled } from "../../../../local/support/bundle";
import { temporaryFolder } from "../../../support/temporary";

describe("the bundle of a program", () => {
    const folder = temporaryFolder();
    const entry = path.join(folder, "main.ts");
    const part = path.join(folder, "part.ts");
    let program: string;

    const write = (colour: string) => writeFileSync(part, `export const colour = "${colour}";`);
    const run = async () => {
        program = await bundled(entry);
        return execFileSync(process.execPath, [program], { encoding: "utf8" }).trim();
    };
    const setTime = (file: string, time: Date) => utimesSync(file, time, time);

    before(() => {
        writeFileSync(entry, `import { colour } from "./part"; console.log(colour, __dirname);`);
        write("blue");
        [entry, part].forEach((file) => setTime(file, new Date("2020-06-01")));
    });

    after(() => [program, program.replace(/js$/, "sources.json")].forEach((file) => rmSync(file)));

    it("does what the sources do, and knows where they lie", async () => {
        assert.equal(await run(), `blue ${folder}`);
    });

    it("is kept while the sources are as they were", async () => {
        const { ino } = statSync(program);
        await run();
        assert.equal(statSync(program).ino, ino);
    });

    it("follows a source that changes", async () => {
        write("green");
        assert.equal(await run(), `green ${folder}`);
    });

    it("follows a source that an older one takes the place of", async () => {
        write("red");
        setTime(part, new Date("2019-06-01"));
        assert.equal(await run(), `red ${folder}`);
    });

    it("names the file and the line of what cannot be read, and works again afterwards", async () => {
        writeFileSync(part, "export const\n= 1;");
        await assert.rejects(run(), /part\.ts:2:0: ERROR: Expected identifier/);
        write("blue");
        assert.equal(await run(), `blue ${folder}`);
    });
});
