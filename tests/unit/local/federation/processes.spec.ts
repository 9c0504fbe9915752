import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import * as path from "node:path";
import { layoutOf } from "../../../../local/federation/layout";
import { keptPorts, portOf } from "../../../../local/federation/ports";
import {
    bringUp,
    isRunning,
    launch,
    type ProcessSpec,
} from "../../../../local/federation/processes";
import {
    isAlive,
    readRecord,
    recordedNames,
    writeRecord,
} from "../../../../local/federation/records";
import { stopProcesses } from "../../../../local/federation/stopping";
import { UserError } from "../../../../local/support/errors";
import { eventually } from "../../../support/eventually";
import { temporaryFolder } from "../../../support/temporary";

const name = "one.server";

const program = `
    const [port, how] = process.argv.slice(1);
    console.log("going to listen", how);
    if (how === "dies") { console.error("cannot go on:\\nno such database"); process.exit(7); }
    if (how === "stubborn") process.on("SIGTERM", () => console.log("not now"));
    require("node:http").createServer((request, response) => {
        response.statusCode = how === "never" ? 503 : 200;
        response.end();
    }).listen(Number(port), "127.0.0.1");
`;

describe("processes", () => {
    const layout = layoutOf(path.join(temporaryFolder(), "state"));
    let spec: (how?: string, own?: Partial<ProcessSpec>) => ProcessSpec;

    before(async () => {
        const ports = await keptPorts(layout.ports, [name, "two.server"]);
        spec = (how = "well", own = {}) => {
            const port = portOf(ports, own.name ?? name);
            return {
                name,
                command: process.execPath,
                args: ["-e", program, String(port), how],
                ports: [port],
                ready: { url: `http://127.0.0.1:${port}/` },
                ...own,
            };
        };
    });

    afterEach(() => stopProcesses(layout, recordedNames(layout), 0));

    const pidOf = (process = name) => readRecord(layout, process)?.pid ?? 0;

    it("run when brought up, with a private log", async () => {
        await bringUp(layout, spec());
        assert.ok(process.kill(pidOf(), 0));
        assert.match(readFileSync(layout.log(name), "utf8"), /going to listen well/);
        assert.equal(statSync(layout.log(name)).mode & 0o777, 0o600);
    });

    it("are kept when they run as specified", async () => {
        await bringUp(layout, spec());
        const pid = pidOf();
        await bringUp(layout, spec());
        assert.equal(pidOf(), pid);
    });

    for (const [what, own] of [
        ["arguments", {}],
        ["environment", { env: { LEVEL: "2" } }],
        ["files", { inputs: "digest of other content" }],
    ] as const) {
        it(`are started again with other ${what}`, async () => {
            await bringUp(layout, spec());
            const before = readRecord(layout, name);
            await bringUp(layout, spec(what === "arguments" ? "differently" : "well", own));
            assert.notEqual(pidOf(), before?.pid);
            assert.ok(before && !isAlive(before), "the earlier one has ended");
        });
    }

    it("are started again when they have died, and the log of before is kept", async () => {
        await bringUp(layout, spec());
        const pid = pidOf();
        process.kill(pid, "SIGKILL");
        await eventually("its end", async () => !isRunning(layout, name));
        await bringUp(layout, spec());
        assert.notEqual(pidOf(), pid);
        assert.match(readFileSync(layout.previousLog(name), "utf8"), /going to listen/);
    });

    it("are started again when they are just ending", async () => {
        await bringUp(layout, spec());
        const pid = pidOf();
        process.kill(pid, "SIGKILL");
        await bringUp(layout, spec());
        assert.notEqual(pidOf(), pid);
    });

    it("are not mistaken for another program that was given the same pid", async () => {
        const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
        await once(stranger, "spawn");
        const pid = stranger.pid ?? 0;
        writeRecord(layout, name, { pid, identity: `${pid}@before`, fingerprint: "" });
        await bringUp(layout, spec());
        assert.notEqual(pidOf(), pid);

        writeRecord(layout, "two.server", { pid, identity: `${pid}@before`, fingerprint: "" });
        await stopProcesses(layout, ["two.server"], 0);
        assert.equal(stranger.exitCode ?? stranger.signalCode, null, "the stranger lives");
        assert.ok(!existsSync(layout.record("two.server")));
        stranger.kill("SIGKILL");
        await once(stranger, "exit");
    });

    it("that die are named with their end, their log file and its last lines", async () => {
        await assert.rejects(bringUp(layout, spec("dies")), (error) => {
            assert.ok(error instanceof UserError);
            assert.match(error.message, /^one\.server is not running: exit code 7\n/);
            assert.ok(error.message.includes(layout.log(name)), error.message);
            assert.match(error.message, /cannot go on:\n {2}no such database$/);
            return true;
        });
    });

    it("that die are noticed although another program answers in their place", async () => {
        const slow = createServer((_request, response) => {
            void eventually("its end", async () => !isRunning(layout, name)).then(() =>
                response.end(),
            );
        });
        slow.listen(0, "127.0.0.1");
        await once(slow, "listening");
        const { port } = slow.address() as { port: number };
        const ready = { url: `http://127.0.0.1:${port}/` };
        await assert.rejects(bringUp(layout, spec("dies", { ready })), /is not running/);
        slow.close();
    });

    it("that do not become ready in time are named with what they answer", async () => {
        await assert.rejects(
            bringUp(layout, spec("never"), undefined, 500),
            /one\.server was not ready within \d+ s: http:.* answers 503\n.*log is/,
        );
    });

    it("whose program is not there are named with it", async () => {
        await assert.rejects(
            bringUp(layout, spec("well", { command: "/nowhere/etcd" })),
            (error) =>
                error instanceof UserError && /one\.server.*\/nowhere\/etcd/.test(error.message),
        );
    });

    it("are no longer waited for when the start was given up", async () => {
        const given = new AbortController();
        const waiting = bringUp(layout, spec("never"), given.signal);
        given.abort(new Error("another one failed"));
        await assert.rejects(waiting);
        await assert.rejects(launchAfter(given.signal), /another one failed/);
    });

    const launchAfter = (signal: AbortSignal) =>
        bringUp(layout, spec("well", { name: "two.server" }), signal);

    it("do not see the caller's settings for other clusters", async () => {
        process.env["KUBECONFIG"] = "/somewhere/else";
        const tell = "console.log('KUBECONFIG is', process.env.KUBECONFIG); process.exit(1)";
        try {
            await assert.rejects(
                bringUp(layout, spec("", { args: ["-e", tell] })),
                /KUBECONFIG is undefined/,
            );
        } finally {
            delete process.env["KUBECONFIG"];
        }
    });

    it("that ignore a polite request are killed, several at a time", async () => {
        await bringUp(layout, spec("stubborn"));
        await bringUp(layout, spec("stubborn", { name: "two.server", ...other() }));
        const records = [name, "two.server"].map((each) => readRecord(layout, each));
        const start = Date.now();
        await stopProcesses(layout, [name, "two.server"], 500);
        const took = Date.now() - start;
        assert.ok(took >= 500 && took < 1000, `${took} ms`);
        assert.ok(records.every((record) => record && !isAlive(record)));
        assert.deepEqual(recordedNames(layout), []);
    });

    const other = () => {
        const { args, ports, ready } = spec("stubborn", { name: "two.server" });
        return { args, ports, ready };
    };

    it("can be launched without waiting for them", async () => {
        const record = await launch(layout, spec("never"));
        assert.ok(isAlive(record));
    });
});
