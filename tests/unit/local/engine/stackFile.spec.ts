import assert from "node:assert/strict";
import { appendFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { copyStackFile, refuseMissing } from "../../../../local/engine/stackFile";
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
        assert.throws(() => copyStackFile(path.join(folder, "Pulumi.gone.yaml"), copy), {
            name: "UserError",
            message:
                /There is no stack file .*Pulumi\.gone\.yaml.*git checkout -- Pulumi\.gone\.yaml/,
        });
    });
});

describe("a stack file that is not there", () => {
    const folder = temporaryFolder();
    const refused = (name: string, message: RegExp) =>
        assert.throws(() => refuseMissing(path.join(folder, name)), { name: "UserError", message });

    it("is told with what to copy where there is no other", () => {
        refused("Pulumi.dev.yaml", /^There is no stack file .*Pulumi\.dev\.yaml, nor another/);
        refused("nowhere/Pulumi.dev.yaml", /nor another beside it\. Copy Pulumi\.dev\.yaml/);
    });

    it("is told with the stacks that there are, and the one that was probably meant", () => {
        for (const stack of ["prod", "dev"]) {
            writeFileSync(path.join(folder, `Pulumi.${stack}.yaml`), "");
        }
        writeFileSync(path.join(folder, "Pulumi.yaml"), "");
        refused("Pulumi.pord.yaml", /pord\.yaml: did you mean prod\? There are dev, prod\.$/);
        refused("Pulumi.somewhere.yaml", /; there are those of dev, prod\. Name one of these/);
        assert.doesNotThrow(() => refuseMissing(path.join(folder, "Pulumi.dev.yaml")));
    });
});
