import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { UserError } from "../support/errors";
import { withLock } from "../support/lock";
import type { Progress } from "../support/progress";
import { writePrivate } from "./files";
import { layoutOf, type Layout } from "./layout";

const mark = "pulumi-karmada-eks local state";
/** Raise it when what an older version has left in the directory cannot be continued from. */
const version = "1";

/** The state directory, made if need be: private, and of this version. */
export function openStateDirectory(stateDir: string): Layout {
    const layout = layoutOf(stateDir);
    try {
        mkdirSync(layout.root, { recursive: true, mode: 0o700 });
        const found = versionIn(layout);
        if (found === undefined) {
            if (!isEmpty(layout)) throw notOurs(layout);
            writePrivate(layout.version, `${mark} ${version}\n`);
        } else if (found !== version) {
            throw new UserError(
                `State directory ${layout.root} is of version "${found}", and this program writes version "${version}". ` +
                    "Remove it with `npm run stop -- --purge`, then start again.",
            );
        }
        chmodSync(layout.root, 0o700);
    } catch (error) {
        throw isFileError(error)
            ? new UserError(
                  `State directory ${layout.root} cannot be used (${error.message}). ` +
                      "Make it a directory you may write to, or choose another one.",
              )
            : error;
    }
    return layout;
}

/** Removes the directory with all data, if it is a state directory of this project, of any version. */
export function removeStateDirectory(layout: Layout): void {
    if (versionIn(layout) === undefined && !isEmpty(layout)) throw notOurs(layout);
    rmSync(layout.root, { recursive: true, force: true, maxRetries: 5 });
}

/** Runs one command at a time on a state directory. */
export async function exclusively<T>(
    layout: Layout,
    progress: Progress,
    work: () => Promise<T>,
): Promise<T> {
    for (;;) {
        let begun = false;
        try {
            return await withLock(
                layout.lock,
                (pid) =>
                    progress.note(`Process ${pid} is at work on ${layout.root}; waiting for it.`),
                () => {
                    begun = true;
                    return work();
                },
            );
        } catch (error) {
            // The one waited for has removed the directory, and the lock with it.
            if (begun || !isFileError(error) || error.code !== "ENOENT") throw error;
        }
    }
}

export const isStateDirectory = (layout: Layout) => versionIn(layout) !== undefined;

/** Also when it is not there. */
const isEmpty = ({ root }: Layout) => !existsSync(root) || readdirSync(root).length === 0;

function versionIn(layout: Layout): string | undefined {
    if (!existsSync(layout.version)) return undefined;
    const text = readFileSync(layout.version, "utf8").trim();
    return text.startsWith(`${mark} `) ? text.slice(mark.length + 1) : undefined;
}

const notOurs = (layout: Layout) =>
    new UserError(
        `Directory ${layout.root} is not empty and not a state directory of this project; ` +
            "nothing in it was touched. Choose a new or an empty directory.",
    );

const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
    error instanceof Error && "syscall" in error;
