import * as assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { commandProvider } from "../../../../../local/plugins/command/provider";
import {
    PropertyMap,
    SecretValue,
    Unknown,
    unwrapSecrets,
} from "../../../../../local/plugins/protocol/provider";
import { eventually } from "../../../../support/eventually";
import { temporaryFolder } from "../../../../support/temporary";

describe("command provider", () => {
    const folder = temporaryFolder();
    let shown: string[] = [];
    beforeEach(() => (shown = []));

    const request = (signal = new AbortController().signal, type = "command:local:Command") => ({
        urn: `urn:pulumi:s::p::${type}::it`,
        type,
        name: "it",
        signal,
        status: (text: string) => void shown.push(text),
    });
    const failuresOf = async (news: PropertyMap) => {
        const given = { ...request(), olds: {}, news, randomSeed: new Uint8Array() };
        const { failures = [] } = await commandProvider.check(given);
        return failures.map(({ property, reason }) => `${property} ${reason}`);
    };
    const create = async (news: PropertyMap, more: { timeoutSeconds?: number } = {}) => {
        assert.deepEqual(await failuresOf(news), []);
        const { outputs } = await commandProvider.create({
            ...request(),
            news,
            preview: false,
            ...more,
        });
        return outputs;
    };
    const stdoutOf = async (news: PropertyMap) => unwrapSecrets(await create(news)).stdout;
    const update = async (oldOutputs: PropertyMap, news: PropertyMap, preview = false) => {
        const old = { id: "1", oldInputs: {}, oldOutputs, ignoreChanges: [] };
        return (await commandProvider.update!({ ...request(), ...old, news, preview })).outputs;
    };
    const failsWith = (work: Promise<unknown>, message: RegExp) =>
        assert.rejects(work, { name: "ProviderError", message });

    describe("running", () => {
        it("gives what a command prints, without the last line's end", async () => {
            const outputs = await create({ create: "echo a; echo b; echo c >&2" });
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
            assert.equal(await stdoutOf(news), `given blue\n${folder}`);
        });

        it("ends a command's stdin when it is given none", async () => {
            assert.equal(await stdoutOf({ create: "cat; echo over" }), "over");
        });

        it("runs another interpreter", async () => {
            const interpreter = [process.execPath, "-e"];
            assert.equal(await stdoutOf({ create: "console.log(1 + 1)", interpreter }), "2");
        });

        it("runs nothing without a command, and nothing in a preview", async () => {
            assert.deepEqual(await create({}), { stdout: "", stderr: "" });
            const file = path.join(folder, "preview");
            const news = { create: `touch ${file}` };
            const { outputs } = await commandProvider.create({ ...request(), news, preview: true });
            assert.equal(outputs.stdout, Unknown);
            assert.equal((await update({}, news, true)).stdout, Unknown);
            assert.ok(!existsSync(file));
        });

        it("updates with the create command when there is no other", async () => {
            const old = { stdout: "", stderr: "" };
            assert.equal((await update(old, { create: "echo c" })).stdout, "c");
            assert.equal((await update(old, { create: "echo c", update: "echo u" })).stdout, "u");
            assert.equal((await update({ stdout: "kept" }, {})).stdout, "kept");
        });

        it("tells a command what the last one has printed, unless that is not wanted", async () => {
            const old = { stdout: "one", stderr: "two" };
            const news = { create: 'echo "$PULUMI_COMMAND_STDOUT,$PULUMI_COMMAND_STDERR"' };
            assert.equal((await update(old, news)).stdout, "one,two");
            const untold = { ...news, addPreviousOutputInEnv: false };
            assert.equal((await update(old, untold)).stdout, ",");
        });

        it("deletes with the state's own command, once", async () => {
            const file = path.join(folder, "deleted");
            const outputs = {
                delete: `printf "$PULUMI_COMMAND_STDOUT" >> ${file}`,
                stdout: "made",
                stderr: "",
            };
            await commandProvider.delete({ ...request(), id: "1", oldInputs: {}, outputs });
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
                await create(logging === undefined ? news : { ...news, logging });
                assert.deepEqual(shown.sort(), lines);
            });
        }
    });

    describe("keeping secrets", () => {
        const password = "correct-horse";

        it("takes the output of a command that knows a secret for one, and shows none of it", async () => {
            const environment = { PASSWORD: new SecretValue(password) };
            const outputs = await create({ create: "echo $PASSWORD", environment });
            assert.ok(outputs.stdout instanceof SecretValue);
            assert.deepEqual(shown, []);
        });

        it("hides the secret itself where showing is asked for, and in errors", async () => {
            const environment = { PASSWORD: new SecretValue(password) };
            const news = { create: "echo is $PASSWORD; exit 3", environment, logging: "stdout" };
            await failsWith(create(news), /exit code 3; its last lines:\nis \[secret\]$/);
            assert.deepEqual(shown, ["is [secret]"]);
        });

        it("keeps a secret command out of the arguments of every process", async () => {
            const script = `cat; for each in /proc/$PPID /proc/$$; do tr '\\0' ' ' < $each/cmdline; done; : ${password}`;
            const plain = await stdoutOf({ create: script, stdin: "given" });
            assert.match(String(plain), new RegExp(password));
            const hidden = await stdoutOf({ create: new SecretValue(script), stdin: "given" });
            assert.match(String(hidden), /^given.*\/bin\/sh -c/);
            assert.doesNotMatch(String(hidden), new RegExp(password));
        });

        it("refuses a secret that another interpreter would get as an argument", async () => {
            const create = new SecretValue("print(1)");
            const failures = await failuresOf({ create, interpreter: ["python3", "-c"] });
            assert.match(failures.join(), /^create holds a secret, .* environment or stdin$/);
        });
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
            it(`tells ${what}`, () => failsWith(create(news), message));
        }

        it("is all right with a command that does not read its stdin", async () => {
            assert.equal(await stdoutOf({ create: "true", stdin: "x".repeat(1 << 20) }), "");
        });

        for (const [how, stop] of [
            ["cancelled", { abort: true, timeoutSeconds: undefined, message: /was cancelled/ }],
            ["too slow", { abort: false, timeoutSeconds: 1, message: /its custom timeout/ }],
        ] as const) {
            it(`leaves nothing running of a command that is ${how}`, async () => {
                const file = path.join(folder, how);
                const news = { create: `sh -c 'echo $$ > "${file}"; sleep 100' & wait` };
                const cancellation = new AbortController();
                const { timeoutSeconds } = stop;
                const running = commandProvider.create({
                    ...request(cancellation.signal),
                    news,
                    preview: false,
                    timeoutSeconds,
                });
                const failure = failsWith(running, stop.message);
                await eventually("its child", async () => existsSync(file));
                if (stop.abort) {
                    cancellation.abort();
                }
                await failure;
                const pid = readFileSync(file, "utf8").trim();
                await eventually("its end", async () => !existsSync(`/proc/${pid}`));
            });
        }
    });

    describe("checking", () => {
        const bad: readonly (readonly [string, PropertyMap, RegExp])[] = [
            ["a command that is no string", { create: 1 }, /^create must be a string/],
            ["a zero byte", { create: "a\0b" }, /^create must not hold a zero byte/],
            ["an interpreter as text", { interpreter: "sh" }, /^interpreter must be a list/],
            ["a variable that is no string", { environment: { A: 1 } }, /^environment A must be/],
            ["an impossible variable", { environment: { "A=B": "" } }, /^environment has "A=B"/],
            ["triggers that are no list", { triggers: "now" }, /^triggers must be a list/],
            ["unknown logging", { logging: "all" }, /^logging must be one of stdout, stderr/],
            ["a flag as text", { addPreviousOutputInEnv: "no" }, /must be true or false/],
            ["assets", { assetPaths: ["*"] }, /^assetPaths is not supported here/],
            ["archives", { archivePaths: ["*"] }, /^archivePaths is not supported here/],
            ["an input it does not have", { craete: "x" }, /^craete is not an input; those are/],
        ];
        for (const [what, news, message] of bad) {
            it(`refuses ${what}`, async () =>
                assert.match((await failuresOf(news)).join(), message));
        }

        it("tells all problems at once, and lets pass what is not known yet", async () => {
            assert.equal((await failuresOf({ create: 1, dir: 2 })).length, 2);
            const unknown: PropertyMap = {
                create: Unknown,
                environment: { A: Unknown },
                interpreter: [Unknown],
            };
            assert.deepEqual(await failuresOf(unknown), []);
        });

        it("refuses commands on other machines and names the way out", async () => {
            const other = request(undefined, "command:remote:Command");
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
            return commandProvider.diff({ ...request(), ...old, news });
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
            const given = { ...request(), id: "1", inputs: {} };
            assert.deepEqual((await commandProvider.read({ ...given, outputs }))?.outputs, outputs);
            await failsWith(commandProvider.read({ ...given, outputs: {} }), /cannot be imported/);
        });
    });
});
