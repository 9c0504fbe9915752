import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { askPulumi } from "../../../../local/engine";
import { engineFor } from "../../../../local/engine/forStack";
import { silent } from "../../../../local/support/progress";
import { temporaryFolder } from "../../../support/temporary";

describe("the CLI for a stack that is not the local one", () => {
    const folder = temporaryFolder();
    const searchPath = process.env.PATH;
    afterEach(() => (process.env.PATH = searchPath));

    /** What is on PATH: a `pulumi` that is this shell script, or nothing. */
    function withPulumi(script?: string): void {
        const tools = path.join(folder, String(script).replace(/\W+/g, "-"));
        mkdirSync(tools, { recursive: true });
        if (script !== undefined) {
            writeFileSync(path.join(tools, "pulumi"), `#!/bin/sh\n${script}\n`, { mode: 0o700 });
        }
        process.env.PATH = tools;
    }

    const refused = (stack: string, message: RegExp) =>
        assert.rejects(engineFor(stack, silent), { name: "UserError", message });

    it("is the user's own, and said how to come by where there is none", async () => {
        withPulumi();
        await refused(
            "dev",
            /^"pulumi" is not on PATH\. .*www\.pulumi\.com\/docs\/install.*"pulumi login"/,
        );
    });

    it("is not asked for a stack without a file, of whatever organization", async () => {
        await refused("pord", /^There is no stack file .*Pulumi\.pord\.yaml: did you mean prod\?/);
        await refused("acme/pord", /Pulumi\.pord\.yaml: did you mean prod\?/);
    });

    it("takes a stack's name, not its file", async () => {
        await refused("./Pulumi.dev.yaml", /is a file: name the stack itself/);
    });

    it("says of a stack that its backend does not have where to look", async () => {
        withPulumi(
            '[ "$1" = version ] && exit\necho "error: no stack selected; select one" >&2; exit 255',
        );
        const engine = await engineFor("dev", silent);
        await assert.rejects(askPulumi(engine, ["stack", "output"]), {
            name: "UserError",
            message: /^There is no stack dev where pulumi is logged in; "pulumi whoami --verbose"/,
        });
    });
});
