import {
    chmodSync,
    copyFileSync,
    constants,
    existsSync,
    readFileSync,
    realpathSync,
} from "node:fs";
import { writePrivate } from "../federation/files";
import { UserError } from "../support/errors";

export interface Saved {
    /** Where what was there before is kept; undefined when nothing was, or nothing changed. */
    readonly backup?: string;
    readonly changed: boolean;
}

/** Writes a file that only its owner reads. What it held before is kept beside it. */
export function savePrivate(file: string, text: string, now: Date): Saved {
    try {
        return save(file, text, now);
    } catch (error) {
        throw new UserError(`${file} cannot be written: ${(error as Error).message}`);
    }
}

function save(file: string, text: string, now: Date): Saved {
    if (!existsSync(file)) {
        writePrivate(file, text);
        return { changed: true };
    }
    // The link stays one.
    const place = realpathSync(file);
    if (readFileSync(place, "utf8") === text) {
        chmodSync(place, 0o600);
        return { changed: false };
    }
    const backup = keep(place, now);
    writePrivate(place, text);
    return { changed: true, backup };
}

function keep(file: string, now: Date): string {
    const name = `${file}.backup-${now.toISOString().replace(/[-:]|\.\d+/g, "")}`;
    for (let more = 1; ; more++) {
        const backup = more === 1 ? name : `${name}-${more}`;
        try {
            copyFileSync(file, backup, constants.COPYFILE_EXCL);
            chmodSync(backup, 0o600);
            return backup;
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        }
    }
}
