import assert from "node:assert/strict";
import { appendFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { copyStackFile } from "../../../../local/engine/stackFile";
import { temporaryFolder } from "../../../support/temporary";

describe("the engine's copy of the stack file", () => {
    const folder = temporaryFolder();
    const source = path.join(folder, "Pulumi.local.yaml");
    const copy = path.join(folder, "copy.yaml");

    it("follows the project's file and keeps the salt that the engine wrote", () => {
        writeFileSync(source, "config:\n  a: 1\n");
        copyStackFile(source, copy);
        appendFileSync(copy, "encryptionsalt: v1:abc=:v1:def:ghi==\n");

        writeFileSync(source, "config:\n  a: 2\n");
        copyStackFile(source, copy);
        assert.equal(
            readFileSync(copy, "utf8"),
            "config:\n  a: 2\nencryptionsalt: v1:abc=:v1:def:ghi==\n",
        );
        assert.equal(readFileSync(source, "utf8"), "config:\n  a: 2\n");
        assert.equal(statSync(copy).mode & 0o777, 0o600);
    });

    it("is refused when the project has no such file, with the way to get it back", () => {
        assert.throws(() => copyStackFile(path.join(folder, "Pulumi.locl.yaml"), copy), {
            name: "UserError",
            message:
                /There is no stack file .*Pulumi\.locl\.yaml.*git checkout -- Pulumi\.locl\.yaml/,
        });
    });
});
