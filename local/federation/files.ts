import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";

/** Writes a file that only its owner can read; a reader sees the old or the new one, whole. */
export function writePrivate(file: string, content: string | Buffer): void {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const unfinished = `${file}.unfinished`;
    writeFileSync(unfinished, content, { mode: 0o600 });
    renameSync(unfinished, file);
}

export function readIfThere(file: string): string | undefined {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
    }
}

/** Writes a folder of private files, all or none. */
export function writePrivateFolder(folder: string, files: Readonly<Record<string, string>>): void {
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    for (const [name, content] of Object.entries(files)) {
        writePrivate(path.join(unfinished, name), content);
    }
    renameSync(unfinished, folder);
}
