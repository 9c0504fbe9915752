import { strict as assert } from "node:assert";
import { statSync } from "node:fs";
import { createServer, type Server } from "node:net";
import * as path from "node:path";
import { keptPorts, requireFree } from "../../../../local/federation/ports";
import { UserError } from "../../../../local/support/errors";
import { temporaryFolder } from "../../../support/temporary";

describe("ports of a federation", () => {
    const file = path.join(temporaryFolder(), "ports.json");

    it("are all different and below those of outgoing connections", async () => {
        const ports = Object.values(await keptPorts(file, ["a", "b", "c", "d"]));
        assert.equal(new Set(ports).size, 4);
        assert.ok(
            ports.every((port) => port >= 20_000 && port < 32_768),
            String(ports),
        );
        assert.equal(statSync(file).mode & 0o777, 0o600);
    });

    it("stay the same when purposes come and go", async () => {
        const before = await keptPorts(file, ["a", "b"]);
        const after = await keptPorts(file, ["b", "e"]);
        assert.equal(after["b"], before["b"]);
        assert.equal((await keptPorts(file, ["a"]))["a"], before["a"]);
        assert.ok(!Object.values(before).includes(after["e"] ?? 0));
    });

    it("are never those that somebody listens on", async () => {
        const { chosen, close } = await occupied(3);
        const kept = Object.values(
            await keptPorts(
                file,
                Array.from({ length: 60 }, (_, i) => `p${i}`),
            ),
        );
        assert.deepEqual(
            kept.filter((port) => chosen.includes(port)),
            [],
        );
        await close();
    });

    it("that another program took meanwhile are named, all, with their processes and the remedy", async () => {
        const { chosen, close } = await occupied(2);
        const [first = 0, second = 0] = chosen;
        const { free = 0 } = await keptPorts(file, ["free"]);
        await assert.rejects(
            requireFree([
                { process: "karmada.webhook", port: first },
                { process: "karmada.scheduler", port: free },
                { process: "one.kwok", port: second },
            ]),
            (error) =>
                error instanceof UserError &&
                error.message.includes(`port ${first} of karmada.webhook`) &&
                error.message.includes(`port ${second} of one.kwok`) &&
                !error.message.includes("karmada.scheduler") &&
                /Stop that program.*npm run stop -- --purge/s.test(error.message),
        );
        await close();
        await requireFree([{ process: "karmada.webhook", port: first }]);
    });
});

/** Listens on ports from the very range that ports are chosen from. */
async function occupied(count: number) {
    const servers: Server[] = [];
    const chosen: number[] = [];
    for (let port = 20_000; chosen.length < count; port++) {
        const server = createServer();
        const listens = await new Promise<boolean>((resolve) => {
            server.once("error", () => resolve(false));
            server.listen(port, "127.0.0.1", () => resolve(true));
        });
        if (!listens) continue;
        servers.push(server);
        chosen.push(port);
    }
    const close = () =>
        Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    return { chosen, close };
}
