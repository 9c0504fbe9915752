import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { eventually } from "../../../../support/eventually";
import { temporaryFolder } from "../../../../support/temporary";
import { AskedCommand, failsWith } from "./support";

describe("command provider, when a command is over", () => {
    const folder = temporaryFolder();
    const asked = new AskedCommand();

    for (const [how, stop] of [
        ["cancelled", { abort: true, timeoutSeconds: undefined, message: /was cancelled/ }],
        ["too slow", { abort: false, timeoutSeconds: 1, message: /its custom timeout/ }],
    ] as const) {
        it(`leaves nothing running of a command that is ${how}`, async () => {
            const file = path.join(folder, how);
            const news = { create: `sh -c 'echo $$ > "${file}"; sleep 100' & wait` };
            const cancellation = new AbortController();
            const { timeoutSeconds } = stop;
            const running = asked.create(news, { signal: cancellation.signal, timeoutSeconds });
            const failure = failsWith(running, stop.message);
            await eventually("its child", async () => existsSync(file));
            if (stop.abort) {
                cancellation.abort();
            }
            await failure;
            const pid = readFileSync(file, "utf8").trim();
            await eventually("its end", async () => !existsSync(`/proc/${pid}`));
        });
    }
});
