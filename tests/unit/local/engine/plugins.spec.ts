import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { installOwn, installPlugins, provider } from "../../../../local/engine/plugins";
import { engineLayout } from "../../../../local/engine/layout";
import { installedVersion } from "../../../../local/support/sdk";
import { temporaryFolder } from "../../../support/temporary";

/** As when a second command finds that sources have changed, while an engine is at work. */
describe("plugins that are installed once more", function () {
    this.timeout(60_000);
    const folder = temporaryFolder();
    const layout = engineLayout(folder);
    const place = path.join(
        layout.home,
        "plugins",
        `resource-tls-v${installedVersion("@pulumi/tls")}`,
        "pulumi-resource-tls",
    );
    const program = path.join(layout.bundles, "resource-tls.js");
    before(() => installPlugins(layout, path.join(folder, "nothing")));

    it("leave the program that is being read as it was", async () => {
        const open = openSync(program, "r");
        const before = readFileSync(program, "utf8");
        await installOwn({ ...provider("tls"), entry: provider("command").entry }, layout);
        assert.ok(readFileSync(open, "utf8") === before, "it is written over");
        assert.ok(readFileSync(program, "utf8") !== before, "there is no new one");
        closeSync(open);
    });

    it("are there at every moment", async () => {
        const watch = 'echo begun; while [ -e "$0" ]; do :; done; echo missed';
        const watcher = spawn("sh", ["-c", watch, place], { stdio: ["ignore", "pipe", "ignore"] });
        let told = "";
        watcher.stdout.on("data", (text: Buffer) => (told += text.toString()));
        await once(watcher.stdout, "data");
        for (let round = 0; round < 200; round++) {
            await installOwn(provider("tls"), layout);
        }
        watcher.kill();
        await once(watcher, "close");
        assert.equal(told, "begun\n");
    });

    it("leave nothing beside them", () => {
        assert.deepEqual(readdirSync(path.dirname(place)), ["pulumi-resource-tls"]);
        assert.deepEqual(
            readdirSync(layout.bundles).filter((name) => !name.endsWith(".js")),
            [],
        );
    });
});
