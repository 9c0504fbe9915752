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
