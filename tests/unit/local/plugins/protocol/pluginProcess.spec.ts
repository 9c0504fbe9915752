import * as assert from "node:assert/strict";
import { once } from "node:events";
import * as net from "node:net";
import { temporaryFolder } from "../../../../support/temporary";
import { RunningPlugin } from "../runningPlugin";

describe("a plugin process", function () {
    this.timeout(60_000);
    const folder = temporaryFolder();
    let plugin: RunningPlugin;
    beforeEach(async () => (plugin = await RunningPlugin.start("tls", folder)));
    afterEach(() => plugin.stop());

    it("tells its port on stdout and listens there, on loopback", async () => {
        const socket = net.connect(plugin.port, "127.0.0.1");
        await once(socket, "connect");
        socket.destroy();
    });

    it("ends when the engine's end of its stdin closes, as it does however the engine dies", async () => {
        plugin.process.stdin!.destroy();
        assert.deepEqual(await once(plugin.process, "exit"), [0, null]);
    });

    for (const signal of ["SIGINT", "SIGTERM"] as const) {
        it(`ends on ${signal}`, async () => {
            plugin.process.kill(signal);
            assert.deepEqual(await once(plugin.process, "exit"), [0, null]);
        });
    }
});
