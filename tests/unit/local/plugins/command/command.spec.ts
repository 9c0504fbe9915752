import * as assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { commandProvider } from "../../../../../local/plugins/command/provider";
import { PropertyMap, SecretValue, Unknown } from "../../../../../local/plugins/protocol/provider";
import { temporaryFolder } from "../../../../support/temporary";
import { AskedCommand, failsWith } from "./support";

describe("command provider", () => {
    const folder = temporaryFolder();
    let asked = new AskedCommand();
    beforeEach(() => (asked = new AskedCommand()));

    describe("running", () => {
        it("gives what a command prints, without the last line's end", async () => {
            const outputs = await asked.create({ create: "echo a; echo b; echo c >&2" });
            assert.equal(outputs.stdout, "a\nb");
            assert.equal(outputs.stderr, "c");
        });

        it("passes stdin, environment and folder", async () => {
            const news = {
                create: 'cat; echo " $COLOUR"; pwd',
                stdin: "given",
                environment: { COLOUR: "blue" },
                dir: folder,
            };
            assert.equal(await asked.stdoutOf(news), `given blue\n${folder}`);
        });

        it("ends a command's stdin when it is given none", async () => {
            assert.equal(await asked.stdoutOf({ create: "cat; echo over" }), "over");
        });

        it("runs another interpreter", async () => {
            const interpreter = [process.execPath, "-e"];
            assert.equal(await asked.stdoutOf({ create: "console.log(1 + 1)", interpreter }), "2");
        });

        it("runs nothing without a command, and nothing in a preview", async () => {
            assert.deepEqual(await asked.create({}), { stdout: "", stderr: "" });
            const file = path.join(folder, "preview");
            const news = { create: `touch ${file}` };
            const { outputs } = await commandProvider.create({
                ...asked.request(),
                news,
                preview: true,
            });
            assert.equal(outputs.stdout, Unknown);
            assert.equal((await asked.update({}, news, true)).stdout, Unknown);
            assert.ok(!existsSync(file));
        });

        it("updates with the create command when there is no other", async () => {
            const old = { stdout: "", stderr: "" };
            assert.equal((await asked.update(old, { create: "echo c" })).stdout, "c");
            assert.equal(
                (await asked.update(old, { create: "echo c", update: "echo u" })).stdout,
                "u",
            );
            assert.equal((await asked.update({ stdout: "kept" }, {})).stdout, "kept");
        });

        it("tells a command what the last one has printed, unless that is not wanted", async () => {
            const old = { stdout: "one", stderr: "two" };
            const news = { create: 'echo "$PULUMI_COMMAND_STDOUT,$PULUMI_COMMAND_STDERR"' };
            assert.equal((await asked.update(old, news)).stdout, "one,two");
            const untold = { ...news, addPreviousOutputInEnv: false };
            assert.equal((await asked.update(old, untold)).stdout, ",");
        });

        it("deletes with the state's own command, once", async () => {
            const file = path.join(folder, "deleted");
            const outputs = {
                delete: `printf "$PULUMI_COMMAND_STDOUT" >> ${file}`,
                stdout: "made",
                stderr: "",
                // Of the official provider.
                assetPaths: ["*"],
            };
            await commandProvider.delete({ ...asked.request(), id: "1", outputs });
            assert.equal(readFileSync(file, "utf8"), "made");
        });
    });

    describe("showing what is printed", () => {
        const news = { create: "echo out; echo err >&2" };
        for (const [logging, lines] of [
            [undefined, ["err", "out"]],
            ["stdoutAndStderr", ["err", "out"]],
            ["stdout", ["out"]],
            ["stderr", ["err"]],
            ["none", []],
        ] as const) {
            it(`shows ${lines.join(" and ") || "nothing"} with logging ${logging}`, async () => {
                await asked.create(logging === undefined ? news : { ...news, logging });
                assert.deepEqual(asked.shown.sort(), lines);
            });
        }
    });

    describe("failing", () => {
        const failures: readonly (readonly [string, PropertyMap, RegExp])[] = [
            [
                "with the last lines and the exit code",
                { create: "for i in $(seq 30); do echo line $i; done; echo why >&2; exit 7" },
                /^The create command ended with exit code 7; its last lines:\n(?!.*line 1\n)[^]*line 30/,
            ],
            ["of a command that does not exist", { create: "no-such" }, /127 \(there is no such/],
            ["of a command without a word", { create: "exit 1" }, /exit code 1, without a word$/],
            ["of one that was killed", { create: "kill -9 $$" }, /was ended by SIGKILL/],
            [
                "of an interpreter that does not exist",
                { create: "x", interpreter: ["/no/such"] },
                /did not start: there is no program "\/no\/such"/,
            ],
            [
                "of a folder that does not exist",
                { create: "x", dir: "/none" },
                /no folder "\/none"/,
            ],
            [
                "of output that is no text",
                { create: "printf '\\377\\376'" },
                /printed something to stdout that is no text \(UTF-8\)/,
            ],
            [
                "of an environment that is too large",
                { create: "true", environment: { BIG: "x".repeat(1 << 22) } },
                /environment and arguments are too large/,
            ],
        ];
        for (const [what, news, message] of failures) {
            it(`tells ${what}`, () => failsWith(asked.create(news), message));
        }

        it("is all right with a command that does not read its stdin", async () => {
            assert.equal(await asked.stdoutOf({ create: "true", stdin: "x".repeat(1 << 20) }), "");
        });
    });

    describe("checking", () => {
        const bad: readonly (readonly [string, PropertyMap, RegExp])[] = [
            ["a command that is no string", { create: 1 }, /^create must be a string/],
            ["a zero byte", { create: "a\0b" }, /^create must not hold a zero byte/],
            ["an interpreter as text", { interpreter: "sh" }, /^interpreter must be a list/],
            ["a variable that is no string", { environment: { A: 1 } }, /^environment\.A must be/],
            [
                "an impossible variable",
                { environment: { "A=B": "" } },
                /^environment\["A=B"\] cannot be/,
            ],
            ["triggers that are no list", { triggers: "now" }, /^triggers must be a list/],
            [
                "unknown logging",
                { logging: "all" },
                /^logging "all" is not known; use stdout, stderr/,
            ],
            ["a flag as text", { addPreviousOutputInEnv: "no" }, /must be true or false/],
            ["assets", { assetPaths: ["*"] }, /^assetPaths is not supported here/],
            ["archives", { archivePaths: ["*"] }, /^archivePaths is not supported here/],
            ["an input it does not have", { craete: "x" }, /^craete is not an input; those are/],
        ];
        for (const [what, news, message] of bad) {
            it(`refuses ${what}`, async () =>
                assert.match((await asked.failuresOf(news)).join(), message));
        }

        it("tells all problems at once, and lets pass what is not known yet", async () => {
            assert.equal((await asked.failuresOf({ create: 1, dir: 2 })).length, 2);
            const unknown: PropertyMap = {
                create: Unknown,
                environment: { A: Unknown },
                interpreter: [Unknown],
            };
            assert.deepEqual(await asked.failuresOf(unknown), []);
        });

        it("refuses commands on other machines and names the way out", async () => {
            const other = asked.request(undefined, "command:remote:Command");
            const given = { ...other, olds: {}, news: {}, randomSeed: new Uint8Array() };
            await failsWith(
                commandProvider.check(given),
                /has no command:remote:Command.*official/,
            );
        });
    });

    describe("comparing", () => {
        const diff = (oldInputs: PropertyMap, news: PropertyMap) => {
            const old = { id: "1", oldInputs, oldOutputs: {}, ignoreChanges: [] };
            return commandProvider.diff({ ...asked.request(), ...old, news });
        };

        it("replaces when a trigger changes and updates when anything else does", async () => {
            const before = { create: "a", triggers: [1] };
            assert.equal((await diff(before, { ...before })).changes, false);
            assert.deepEqual((await diff(before, { ...before, triggers: [2] })).replaces, [
                "triggers",
            ]);
            const changed = await diff(before, { ...before, create: new SecretValue("b") });
            assert.deepEqual([changed.changes, changed.replaces], [true, []]);
            assert.deepEqual((await diff(before, { ...before, triggers: [Unknown] })).replaces, [
                "triggers",
            ]);
        });

        it("keeps its state on a refresh and cannot be imported", async () => {
            const outputs = { stdout: "kept" };
            const given = { ...asked.request(), id: "1", inputs: {} };
            assert.deepEqual((await commandProvider.read({ ...given, outputs }))?.outputs, outputs);
            await failsWith(commandProvider.read({ ...given, outputs: {} }), /cannot be imported/);
        });
    });
});
