import * as assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as net from "node:net";
import * as path from "node:path";

const main = path.resolve(__dirname, "../../../../../local/plugins/tls/main.ts");
const tsNode = require.resolve("ts-node/register/transpile-only");

/** Plays the engine: starts the plugin and reads its port. */
async function start(): Promise<{ plugin: ChildProcess; port: number }> {
    const plugin = spawn(process.execPath, ["-r", tsNode, main, "127.0.0.1:1"], {
        stdio: ["pipe", "pipe", "inherit"],
    });
    const [line] = (await once(plugin.stdout!, "data")) as [Buffer];
    return { plugin, port: Number(line.toString().trimEnd()) };
}

describe("a plugin process", function () {
    // Its start loads and translates the sources one by one.
    this.timeout(60_000);
    let plugin: ChildProcess | undefined;
    afterEach(() => plugin?.kill("SIGKILL"));

    it("tells its port on stdout and listens there, on loopback", async () => {
        const started = await start();
        plugin = started.plugin;
        const socket = net.connect(started.port, "127.0.0.1");
        await once(socket, "connect");
        socket.destroy();
    });

    it("ends when the engine's end of its stdin closes, as it does however the engine dies", async () => {
        ({ plugin } = await start());
        plugin.stdin!.destroy();
        assert.deepEqual(await once(plugin, "exit"), [0, null]);
    });

    for (const signal of ["SIGINT", "SIGTERM"] as const) {
        it(`ends on ${signal}`, async () => {
            ({ plugin } = await start());
            plugin.kill(signal);
            assert.deepEqual(await once(plugin, "exit"), [0, null]);
        });
    }
});
