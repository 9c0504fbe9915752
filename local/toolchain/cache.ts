import { createHash } from "node:crypto";
import { accessSync, constants, mkdirSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { UserError } from "../support/errors";
import { pinOf, recipeOf, type BinaryName, type Pin } from "./catalog";

/** Where built things are kept, outside of any checkout, so that a second clone builds nothing. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
    const folder =
        environment.KARMADA_EKS_CACHE ||
        path.join(
            environment.XDG_CACHE_HOME || path.join(os.homedir(), ".cache"),
            "pulumi-karmada-eks",
        );
    try {
        mkdirSync(folder, { recursive: true });
        accessSync(folder, constants.W_OK);
        return folder;
    } catch (error) {
        throw new UserError(
            `The cache folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code}). ` +
                `Make it writable, or set KARMADA_EKS_CACHE to a folder that is.`,
        );
    }
}

/** One folder per thing, version and recipe: a changed go.sum is another thing. */
export function cachedPath(cache: string, name: BinaryName): string {
    const recipe = recipeOf(name);
    const pin = pinOf(recipe.module);
    const flags = linkerFlags(recipe.versionVariables, pin);
    const key = shortHash(pin.content, recipe.package, flags, ...(recipe.tags ?? []));
    return path.join(
        cache,
        `${process.platform}-${process.arch}`,
        `${name}-${pin.version}-${key}`,
        name,
    );
}

export function cachedData(cache: string, name: string, pin: Pin): string {
    return path.join(cache, "data", `${name}-${pin.version}-${shortHash(pin.content)}`);
}

export function linkerFlags(
    versionVariables: (version: string) => Readonly<Record<string, string>>,
    pin: Pin,
): string {
    const variables = Object.entries(versionVariables(pin.version));
    return ["-s", "-w", ...variables.map(([name, value]) => `-X ${name}=${value}`)].join(" ");
}

const shortHash = (...parts: string[]) =>
    createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 8);
