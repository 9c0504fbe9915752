import * as assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { eventually } from "../../../../support/eventually";
import { temporaryFolder } from "../../../../support/temporary";
import { AskedCommand, failsWith } from "./support";

describe("command provider, when a command is over", () => {
    const folder = temporaryFolder();
    const asked = new AskedCommand();
    const boundMs = 10_000;

    let tests = 0;
    let file = "";
    beforeEach(() => (file = path.join(folder, String(++tests))));

    /** A process that writes its id into the file once the preparation is done, and then does not end. */
    const endless = (preparation = "") =>
        `sh -c '${preparation} echo $$ > "${file}"; exec sleep 100'`;
    const quiet = "> /dev/null 2>&1";
    const pid = () => Number(readFileSync(file, "utf8"));
    const isThere = (name: string) => existsSync(name) && readFileSync(name, "utf8") !== "";
    const ended = () => eventually("its end", async () => !existsSync(`/proc/${pid()}`), boundMs);
    const cancelled = async (create: string) => {
        const cancellation = new AbortController();
        const running = asked.create({ create }, { signal: cancellation.signal });
        const failure = failsWith(running, /was cancelled/);
        await eventually("its child", async () => isThere(file), boundMs);
        cancellation.abort();
        await failure;
    };

    it("leaves nothing running of a command that is cancelled", async () => {
        await cancelled(`${endless()} & wait`);
        await ended();
    });

    it("leaves nothing running of a command that is too slow", async () => {
        const running = asked.create({ create: `${endless()} & wait` }, { timeoutSeconds: 2 });
        await failsWith(running, /its custom timeout/);
        await ended();
    });

    it("ends what ignores the request to end", async () => {
        await cancelled(`${endless('trap "" TERM;')} ${quiet} & wait`);
        await ended();
    });

    it("waits while what was started cleans up", async () => {
        const cleaned = path.join(folder, "cleaned");
        const cleanUp = `sleep 0.5; echo done > ${cleaned}; exit`;
        const child = `sh -c 'trap "${cleanUp}" TERM; echo $$ > ${file}; sleep 100 & wait'`;
        await cancelled(`${child} ${quiet} & wait`);
        assert.ok(isThere(cleaned));
    });

    for (const [what, output] of [
        ["is quiet", quiet],
        ["holds the command's output", ""],
    ] as const) {
        it(`ends what a failed command leaves behind, when that ${what}`, async () => {
            const create = `${endless()} ${output} & until [ -s ${file} ]; do sleep 0.1; done; exit 3`;
            await failsWith(asked.create({ create }), /exit code 3/);
            await ended();
        });
    }

    it("tells the last words of a failed command that come through another process", async () => {
        const create = `mkfifo ${file}; { sleep 0.3; cat; } < ${file} & exec > ${file}; echo why; exit 3`;
        await failsWith(asked.create({ create }), /exit code 3; its last lines:\nwhy$/);
    });

    it("leaves running what a command that succeeds has started", async () => {
        const create = `${endless()} ${quiet} & until [ -s ${file} ]; do sleep 0.1; done`;
        await asked.create({ create });
        try {
            assert.ok(existsSync(`/proc/${pid()}`));
        } finally {
            process.kill(pid(), "SIGKILL");
        }
    });
});
