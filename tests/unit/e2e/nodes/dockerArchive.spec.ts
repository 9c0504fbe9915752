import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { dockerArchive } from "../../../e2e/nodes/dockerArchive";
import { temporaryFolder } from "../../../support/temporary";

describe("docker archive", () => {
    const folder = temporaryFolder();
    const image = {
        name: "example.org/program:v1",
        entries: [
            { path: "usr/local/bin/program", content: Buffer.from("it runs") },
            { path: "bin/alias", linkTo: "/usr/local/bin/program" },
        ],
        entrypoint: ["/usr/local/bin/program"],
        user: "65532",
    };
    const at = (...parts: string[]) => path.join(folder, ...parts);
    const extract = (archive: string) => execFileSync("tar", ["-xf", at(archive), "-C", folder]);
    const json = (file: string) => JSON.parse(readFileSync(at(file), "utf8"));

    before(() => {
        writeFileSync(at("image.tar"), dockerArchive(image));
        extract("image.tar");
        extract("layer.tar");
    });

    it("names the image and says how it is run", () => {
        const [manifest] = json("manifest.json");
        assert.deepEqual(manifest.RepoTags, [image.name]);
        const { config } = json(manifest.Config);
        assert.deepEqual(config.Entrypoint, image.entrypoint);
        assert.equal(config.User, "65532");
    });

    it("tells the layer's digest", () => {
        const digest = createHash("sha256")
            .update(readFileSync(at("layer.tar")))
            .digest("hex");
        const [{ Config }] = json("manifest.json");
        assert.deepEqual(json(Config).rootfs.diff_ids, [`sha256:${digest}`]);
    });

    it("lets every user run the programs and write to /tmp", () => {
        assert.equal(readFileSync(at("usr/local/bin/program"), "utf8"), "it runs");
        assert.equal(statSync(at("usr/local/bin/program")).mode & 0o777, 0o755);
        const listing = execFileSync("tar", ["-tvf", at("layer.tar")], { encoding: "utf8" });
        assert.match(listing, /^drwxrwxrwt .* tmp\/$/m);
        assert.match(listing, /bin\/alias -> \/usr\/local\/bin\/program$/m);
    });

    it("is the same for the same content", () => {
        assert.ok(dockerArchive(image).equals(dockerArchive(image)));
    });

    it("refuses a path that the format has no room for", () => {
        const long = { path: "a".repeat(101), content: Buffer.alloc(0) };
        assert.throws(() => dockerArchive({ name: "x:1", entries: [long] }), /too long/);
    });
});
