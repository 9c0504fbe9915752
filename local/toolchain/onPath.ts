import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { pinOf, recipeOf, type BinaryName } from "./catalog";

const run = promisify(execFile);

/** The binary on PATH, when its version is the pinned one (or later, where later will do). */
export async function usableOnPath(
    name: BinaryName,
    searchPath: string,
): Promise<string | undefined> {
    const file = find(name, searchPath);
    if (file === undefined) return undefined;
    const recipe = recipeOf(name);
    try {
        const { stdout, stderr } = await run(file, [...recipe.versionArgs], { timeout: 10_000 });
        const found = versionIn(stdout + stderr);
        const wanted = pinOf(recipe.module).version.replace(/^v/, "");
        const usable =
            found === wanted ||
            (recipe.laterWillDo && found !== undefined && atLeast(found, wanted));
        return usable ? file : undefined;
    } catch {
        return undefined;
    }
}

function find(name: string, searchPath: string): string | undefined {
    return searchPath
        .split(path.delimiter)
        .filter(Boolean)
        .map((folder) => path.join(folder, name))
        .find((file) => {
            try {
                accessSync(file, constants.X_OK);
                return statSync(file).isFile();
            } catch {
                return false;
            }
        });
}

/** The first version number in what a program prints of itself, without the leading v. */
export const versionIn = (text: string): string | undefined =>
    /\bv?(\d+\.\d+\.\d+(?:[-+][\w.+-]+)?)/.exec(text)?.[1];

/** Whether `version` is `wanted` or later; a suffix such as -rc.1 is not looked at. */
export function atLeast(version: string, wanted: string): boolean {
    const [a, b] = [version, wanted].map((v) => v.split(/[.+-]/).slice(0, 3).map(Number));
    for (let i = 0; i < 3; i++) {
        const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
        if (difference !== 0) return difference > 0;
    }
    return true;
}
