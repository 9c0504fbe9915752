import * as assert from "node:assert/strict";
import { Children } from "../../../../../local/plugins/language/children";
import { runResponse } from "../../../../../local/plugins/language/host";

/** Runs a script and collects what it writes; `onOutput` is called with all of it each time. */
function runScript(
    children: Children,
    script: string,
    cancelled = new AbortController().signal,
    onOutput: (soFar: string) => void = () => {},
) {
    const written = { stdout: "", stderr: "" };
    const collect = (stream: "stdout" | "stderr") => (chunk: Buffer) => {
        written[stream] += chunk.toString();
        onOutput(written.stdout);
    };
    const output = { stdout: collect("stdout"), stderr: collect("stderr") };
    const command = { args: ["-e", script], cwd: process.cwd(), env: { ONLY: "this" } };
    const outcome = children.run(command, output, cancelled);
    return { outcome, written };
}

const forever = "setInterval(() => {}, 1000); console.log('ready');";
const deaf = `process.on("SIGINT", () => console.log("no")); ${forever}`;

describe("a process of the language host", () => {
    it("has passed on all it wrote when it is said to have ended", async () => {
        const script = `process.stdout.write("x".repeat(200000)); console.error(process.env.ONLY);
            process.exitCode = 3;`;
        const { outcome, written } = runScript(new Children(), script);
        assert.deepEqual(await outcome, { code: 3, signal: null });
        assert.equal(written.stdout.length, 200_000);
        assert.equal(written.stderr, "this\n");
    });

    it("is interrupted when the engine cancels", async () => {
        const cancellation = new AbortController();
        const { outcome } = runScript(new Children(), forever, cancellation.signal, () =>
            cancellation.abort(),
        );
        assert.deepEqual(await outcome, { code: null, signal: "SIGINT" });
    });

    it("does not stay when the engine cancelled before it started", async () => {
        const { outcome } = runScript(new Children(), forever, AbortSignal.abort());
        assert.deepEqual(await outcome, { code: null, signal: "SIGINT" });
    });

    it("is killed when it does not heed the interrupt", async () => {
        const cancellation = new AbortController();
        const { outcome } = runScript(new Children(), deaf, cancellation.signal, () =>
            cancellation.abort(),
        );
        assert.deepEqual(await outcome, { code: null, signal: "SIGKILL" });
    });

    it("is killed at once when the host ends", async () => {
        const children = new Children();
        const { outcome } = runScript(children, deaf, undefined, () => children.killAll());
        assert.deepEqual(await outcome, { code: null, signal: "SIGKILL" });
    });

    it("that cannot be started is an error", async () => {
        const command = { args: [], cwd: "/no/such/folder", env: {} };
        const output = { stdout: () => {}, stderr: () => {} };
        const run = new Children().run(command, output, new AbortController().signal);
        await assert.rejects(run, { code: "ENOENT" });
    });
});

describe("the answer to a run of a program", () => {
    for (const [what, outcome, expected] of [
        ["nothing when it went well", { code: 0, signal: null }, { error: "", bail: false }],
        [
            "no message of its own when the program has told the user",
            { code: 32, signal: null },
            { error: "", bail: true },
        ],
        [
            "the exit code otherwise",
            { code: 7, signal: null },
            { error: "Program exited with non-zero exit code: 7", bail: false },
        ],
        [
            "the signal that ended it",
            { code: null, signal: "SIGKILL" },
            { error: "Program ended by signal SIGKILL", bail: false },
        ],
    ] as const) {
        it(`holds ${what}`, () => {
            assert.deepEqual(runResponse(outcome).toObject(), expected);
        });
    }
});
