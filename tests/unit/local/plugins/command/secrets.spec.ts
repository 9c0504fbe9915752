import * as assert from "node:assert/strict";
import { SecretValue } from "../../../../../local/plugins/protocol/provider";
import { AskedCommand, failsWith } from "./support";

describe("command provider keeping secrets", () => {
    const password = "correct-horse";
    let asked = new AskedCommand();
    beforeEach(() => (asked = new AskedCommand()));

    it("takes the output of a command that knows a secret for one, and shows none of it", async () => {
        const environment = { PASSWORD: new SecretValue(password) };
        const outputs = await asked.create({ create: "echo $PASSWORD", environment });
        assert.ok(outputs.stdout instanceof SecretValue);
        assert.deepEqual(asked.shown, []);
    });

    it("hides the secret itself where showing is asked for, and in errors", async () => {
        const environment = { PASSWORD: new SecretValue(password) };
        const news = { create: "echo is $PASSWORD; exit 3", environment, logging: "stdout" };
        await failsWith(asked.create(news), /exit code 3; its last lines:\nis \[secret\]$/);
        assert.deepEqual(asked.shown, ["is [secret]"]);
    });

    it("hides a secret that ends with a newline", async () => {
        const environment = { TOKEN: new SecretValue(`${password}\n`) };
        const news = { create: "echo is $TOKEN; exit 3", environment, logging: "stdout" };
        await failsWith(asked.create(news), /its last lines:\nis \[secret\]$/);
        assert.deepEqual(asked.shown, ["is [secret]"]);
    });

    it("hides a secret of more lines than an error shows, and each line that is shown", async () => {
        const lines = Array.from({ length: 30 }, (_, line) => `${password} ${line}`);
        const environment = { KEY: new SecretValue(`${lines.join("\n")}\n`) };
        const news = { create: 'printf %s "$KEY"; exit 3', environment, logging: "stdout" };
        await failsWith(asked.create(news), /its last lines:\n\[secret\]$/);
        assert.deepEqual(
            asked.shown,
            lines.map(() => "[secret]"),
        );
    });

    it("hides a secret before it cuts off all but the last lines", async () => {
        const environment = { KEY: new SecretValue("abc\n".repeat(30)) };
        const news = { create: 'printf %s "$KEY"; exit 3', environment };
        await failsWith(asked.create(news), /its last lines:\n\[secret\]$/);
    });

    it("hides what the last command has printed when that was secret", async () => {
        const old = { stdout: new SecretValue(`a\n${password}`), stderr: "" };
        const update = 'echo "is $PULUMI_COMMAND_STDOUT"; exit 3';
        await failsWith(asked.update(old, { update, logging: "stdout" }), /is \[secret\]$/);
        assert.deepEqual(asked.shown, ["is a", "[secret]"]);
    });

    it("keeps secret what was, when no command runs", async () => {
        const old = { stdout: new SecretValue("made"), stderr: "warned" };
        assert.deepEqual(await asked.update(old, {}), old);
    });

    it("takes the output of a command for secret that was told a secret one", async () => {
        const old = { stdout: new SecretValue(password), stderr: "" };
        const news = { update: "echo $PULUMI_COMMAND_STDOUT" };
        const { stdout } = await asked.update(old, news);
        assert.deepEqual(stdout, new SecretValue(password));
        assert.deepEqual(asked.shown, []);
        const untold = { ...news, addPreviousOutputInEnv: false };
        assert.equal((await asked.update(old, untold)).stdout, "");
    });

    it("keeps a secret command out of the arguments of every process", async () => {
        const script = `cat; for each in /proc/$PPID /proc/$$; do tr '\\0' ' ' < $each/cmdline; done; : ${password}`;
        const plain = await asked.stdoutOf({ create: script, stdin: "given" });
        assert.match(String(plain), new RegExp(password));
        const hidden = await asked.stdoutOf({ create: new SecretValue(script), stdin: "given" });
        assert.match(String(hidden), /^given.*\/bin\/sh -c/);
        assert.doesNotMatch(String(hidden), new RegExp(password));
    });

    it("refuses a secret that another interpreter would get as an argument", async () => {
        const create = new SecretValue("print(1)");
        const failures = await asked.failuresOf({ create, interpreter: ["python3", "-c"] });
        assert.match(failures.join(), /^create holds a secret, .* environment or stdin$/);
    });
});
