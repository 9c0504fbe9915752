import * as assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { findStackFile, withoutCiphers } from "../../../../local/offline/stackFile";
import { projectRoot } from "../../../../local/support/root";
import { temporaryFolder } from "../../../support/temporary";

describe("the stack file of an offline preview", () => {
    it("is the project's where a stack is named", () => {
        assert.deepEqual(findStackFile("dev"), {
            stack: "dev",
            file: path.join(projectRoot, "Pulumi.dev.yaml"),
        });
    });

    it("is any other where a file is named, and tells the stack's name", () => {
        const given = path.join(temporaryFolder(), "Pulumi.team.a-1.yaml");
        writeFileSync(given, "");
        const relative = path.relative(".", given);

        assert.deepEqual(findStackFile(relative), { stack: "team.a-1", file: given });
    });

    for (const given of ["some/where.yaml", "Pulumi.yaml", "./dev", ""]) {
        it(`is not "${given}", and it is said what to give`, () => {
            assert.throws(
                () => findStackFile(given),
                /is no stack file: give the name of a stack, such as "dev"/,
            );
        });
    }

    it("is read without what is encrypted in it, at any depth", () => {
        const config = {
            "project:plain": { size: 3, list: [1, { secure: "v1:abc" }] },
            "project:token": { secure: "v1:def" },
        };

        assert.deepEqual(withoutCiphers(config), {
            "project:plain": { size: 3, list: [1, "encrypted"] },
            "project:token": "encrypted",
        });
    });
});
