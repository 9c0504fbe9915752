import assert from "node:assert/strict";
import {
    chmodSync,
    lstatSync,
    readdirSync,
    readFileSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import * as path from "node:path";
import { savePrivate } from "../../../../local/kubeconfig/save";
import { temporaryFolder } from "../../../support/temporary";

const now = new Date("2026-11-21T20:15:00.500Z");
const modeOf = (file: string) => statSync(file).mode & 0o777;

describe("saving a kubeconfig [KAR-3]", () => {
    const folder = temporaryFolder();
    let count = 0;
    const newFile = () => path.join(folder, `${count++}`, "deep", "config");

    it("makes a file that only its owner reads, in a folder of the same kind", () => {
        const file = newFile();

        assert.deepEqual(savePrivate(file, "new", now), { changed: true });
        assert.equal(readFileSync(file, "utf8"), "new");
        assert.deepEqual([modeOf(file), modeOf(path.dirname(file))], [0o600, 0o700]);
    });

    it("keeps what was there, and every earlier one too", () => {
        const file = newFile();
        savePrivate(file, "first", now);
        const one = savePrivate(file, "second", now);
        const other = savePrivate(file, "third", now);

        assert.equal(one.backup, `${file}.backup-20261121T201500Z`);
        assert.equal(other.backup, `${file}.backup-20261121T201500Z-2`);
        assert.deepEqual(
            [one.backup, other.backup, file].map((each) => readFileSync(each, "utf8")),
            ["first", "second", "third"],
        );
        assert.deepEqual([one.backup, other.backup].map(modeOf), [0o600, 0o600]);
    });

    it("keeps nothing twice when nothing changed, and closes what others could read", () => {
        const file = newFile();
        savePrivate(file, "same", now);
        chmodSync(file, 0o644);

        assert.deepEqual(savePrivate(file, "same", now), { changed: false });
        assert.equal(modeOf(file), 0o600);
        assert.deepEqual(readdirSync(path.dirname(file)), ["config"]);
    });

    it("writes through a link, and leaves the link", () => {
        const file = newFile();
        savePrivate(file, "old", now);
        const link = path.join(folder, "link");
        symlinkSync(file, link);
        savePrivate(link, "new", now);

        assert.ok(lstatSync(link).isSymbolicLink());
        assert.equal(readFileSync(file, "utf8"), "new");
    });

    it("does not touch the file when no backup can be made", () => {
        const file = newFile();
        savePrivate(file, "old", now);
        // As on a file system without room, for whoever may write anywhere.
        const long = path.join(path.dirname(file), "c".repeat(240));
        writeFileSync(long, "old");

        assert.throws(() => savePrivate(long, "new", now), /ENAMETOOLONG/);
        assert.equal(readFileSync(long, "utf8"), "old");
    });
});
