import * as assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { EngineEvent } from "@pulumi/pulumi/automation";
import { ProviderUnderTest } from "../conformance/provider";
import { assertSaid, failureOf, itIsOurs } from "../conformance/serving";
import { eventually } from "../support/eventually";

describe("command provider under the real engine", function () {
    this.timeout(300_000);
    const provider = new ProviderUnderTest("command");
    const { folder } = provider;
    const stackOf = (program: () => Record<string, unknown> | void) =>
        provider.stack(async () => program() ?? {});

    it("creates, leaves alone, updates, replaces and deletes", async () => {
        const log = path.join(folder, "life");
        let colour = "blue";
        let trigger = 1;
        const write = (what: string) => `echo ${what} $COLOUR >> ${log}; echo ${what}`;
        const stack = await stackOf(() => {
            const it = new command.local.Command("it", {
                create: write("create"),
                update: write("update"),
                delete: write("delete"),
                environment: { COLOUR: colour },
                triggers: [trigger],
            });
            return { stdout: it.stdout };
        });
        const lines = () => readFileSync(log, "utf8").trim().split("\n");
        assert.deepEqual((await stack.preview()).changeSummary, { create: 2 });
        assert.ok(!existsSync(log), "a preview runs nothing");
        const { outputs } = await stack.up();
        assert.equal(outputs.stdout?.value, "create");
        assert.deepEqual((await stack.up()).summary.resourceChanges, { same: 2 });
        colour = "green";
        const updated = await stack.up();
        assert.deepEqual(updated.summary.resourceChanges, { update: 1, same: 1 });
        assert.equal(updated.outputs.stdout?.value, "update");
        trigger = 2;
        const replaced = await stack.up();
        assert.deepEqual(replaced.summary.resourceChanges, { replace: 1, same: 1 });
        await stack.destroy();
        const all = ["create blue", "update green", "create green", "delete green", "delete green"];
        assert.deepEqual(lines(), all);
    });

    it("keeps a secret out of the state and the display", async () => {
        const password = "correct-horse-battery";
        const stack = await stackOf(() => {
            const environment = { PASSWORD: pulumi.secret(password) };
            const it = new command.local.Command("it", {
                create: "echo is $PASSWORD",
                environment,
                logging: "none",
            });
            return { stdout: it.stdout };
        });
        const output: string[] = [];
        const up = await stack.up({ onOutput: (text) => output.push(text) });
        assert.deepEqual(up.outputs.stdout, { value: `is ${password}`, secret: true });
        assert.doesNotMatch(output.join(""), new RegExp(password));
        assert.doesNotMatch(readFileSync(stack.stateFile, "utf8"), new RegExp(password));
        await stack.destroy();
    });

    it("shows what is printed while the command runs", async () => {
        const file = path.join(folder, "go-on");
        const stack = await stackOf(() => {
            const create = `echo one; until [ -e ${file} ]; do sleep 0.1; done; echo two`;
            new command.local.Command("it", { create });
        });
        const lines: string[] = [];
        const onEvent = ({ diagnosticEvent }: EngineEvent) => {
            if (diagnosticEvent?.ephemeral) lines.push(diagnosticEvent.message.trim());
            if (lines.includes("one") && !existsSync(file)) writeFileSync(file, "");
        };
        await stack.up({ onEvent });
        assert.ok(lines.includes("two"));
        await stack.destroy();
    });

    it("tells how a command failed, and forgets one that was never made", async () => {
        const stack = await stackOf(
            () => void new command.local.Command("it", { create: "echo why >&2; exit 3" }),
        );
        const message = await failureOf(stack.up());
        assertSaid(
            message,
            /ended with exit code 3; its last lines:\s+why/,
            /exit status 3[^]*why/,
        );
        assert.deepEqual((await stack.destroy()).summary.resourceChanges, { delete: 1 });
    });

    it("refuses all inputs that are no good at once", async () => {
        const mistyped: unknown = { create: 1, environment: ["A"] };
        const stack = await stackOf(
            () => void new command.local.Command("it", mistyped as command.local.CommandArgs),
        );
        const message = await failureOf(stack.preview());
        assertSaid(message, /create: must be a string/, /create/);
        assertSaid(message, /environment: must be a map of strings/, /environment/);
    });

    /** Runs it until it has written its process into the file, cancels, and waits for the end of that process. */
    const cancelled = async (file: string, create: string) => {
        const stack = await stackOf(() => void new command.local.Command("it", { create }));
        const cancellation = new AbortController();
        const failure = failureOf(stack.up({ signal: cancellation.signal }));
        await eventually("its process", async () => existsSync(file));
        cancellation.abort();
        assertSaid(await failure, /was stopped: the operation was cancelled/);
        const pid = readFileSync(file, "utf8").trim();
        await eventually("its end", async () => !existsSync(`/proc/${pid}`));
        await stack.destroy();
    };

    it("stops a command when the user cancels", async () => {
        const file = path.join(folder, "endless");
        await cancelled(file, `echo $$ > ${file}; exec sleep 1000`);
    });

    itIsOurs(
        "the official provider kills the command alone",
        "stops all that a command has started, too",
        async () => {
            const file = path.join(folder, "child");
            await cancelled(file, `sh -c 'echo $$ > ${file}; sleep 1000' & wait`);
        },
    );
});
