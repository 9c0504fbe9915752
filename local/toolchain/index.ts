import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import * as path from "node:path";
import { withLock } from "../support/lock";
import type { Progress } from "../support/progress";
import { cachedData, cachedPath, cacheFolder, linkerFlags } from "./cache";
import { pinOf, recipeOf, type BinaryName, type ModuleName } from "./catalog";
import { go, requireGo } from "./go";
import { usableOnPath } from "./onPath";

export type { BinaryName } from "./catalog";
export type Binaries<N extends BinaryName = BinaryName> = Readonly<Record<N, string>>;

/** Data that upstream ships inside the pinned modules. */
export interface Assets {
    /** Folder of Karmada's CustomResourceDefinitions. */
    readonly karmadaCrds: string;
    /** Folder of kwok's stages: how pretended nodes and pods behave. */
    readonly kwokStages: string;
}

/** In the module of any of its releases. */
const karmadaDefinitions = "charts/karmada/_crds/bases";

/**
 * The path of each binary: from the cache, else from PATH in the right version, else built from its
 * pinned module into the cache.
 */
export async function ensureBinaries<N extends BinaryName>(
    names: readonly N[],
    progress: Progress,
    environment: NodeJS.ProcessEnv = process.env,
): Promise<Binaries<N>> {
    const cache = cacheFolder(environment);
    const found = new Map<N, string>();
    for (const name of names) {
        const file = await binaryAtHand(name, environment);
        if (file !== undefined) found.set(name, file);
    }
    const missing = names.filter((name) => !found.has(name));
    if (missing.length > 0) {
        await requireGo(environment);
        progress.note(
            `Building ${missing.length} programs from source, once: ${missing.join(", ")}`,
        );
        await alone(cache, progress, async () => {
            for (const [index, name] of missing.entries()) {
                const label = `build ${name} ${pinOf(recipeOf(name).module).version} (${index + 1} of ${missing.length})`;
                found.set(name, await build(cache, name, label, progress, environment));
            }
        });
    }
    return Object.fromEntries(found) as Binaries<N>;
}

/** The binary from the cache or from PATH; undefined where it would have to be built. */
export async function binaryAtHand(
    name: BinaryName,
    environment: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
    const cached = cachedPath(cacheFolder(environment), name);
    return existsSync(cached) ? cached : usableOnPath(name, environment.PATH ?? "");
}

async function build(
    cache: string,
    name: BinaryName,
    label: string,
    progress: Progress,
    environment: NodeJS.ProcessEnv,
): Promise<string> {
    const target = cachedPath(cache, name);
    // Whoever held the lock before may have built it.
    if (existsSync(target)) return target;
    const recipe = recipeOf(name);
    const pin = pinOf(recipe.module);
    await progress.step(label, (update) =>
        intoPlace(path.dirname(target), async (folder) => {
            const flags = linkerFlags(recipe.versionVariables, pin);
            const output = path.join(folder, name);
            const tags = (recipe.tags ?? []).join();
            await go(
                [
                    "build",
                    "-trimpath",
                    "-tags",
                    tags,
                    "-ldflags",
                    flags,
                    "-o",
                    output,
                    recipe.package,
                ],
                { cwd: pin.folder, environment, onLine: update },
            );
        }),
    );
    return target;
}

export async function ensureAssets(
    progress: Progress,
    environment: NodeJS.ProcessEnv = process.env,
): Promise<Assets> {
    const copy = (name: string, module: ModuleName, folder: string) =>
        ensureData(name, module, folder, progress, environment);
    return {
        karmadaCrds: await copy("karmada-crds", "karmada", karmadaDefinitions),
        kwokStages: await copy("kwok-stages", "kwok", "kustomize/stage"),
    };
}

/** Karmada's CustomResourceDefinitions of the release before. */
export const ensurePreviousDefinitions = (progress: Progress): Promise<string> =>
    ensureData("karmada-crds", "karmada-previous", karmadaDefinitions, progress);

/** CustomResourceDefinitions of what the Prometheus Operator is told to read and to alert of. */
export const ensureMonitoringDefinitions = (progress: Progress): Promise<string> =>
    ensureData(
        "monitoring-crds",
        "prometheus-operator",
        "example/prometheus-operator-crd",
        progress,
    );

/** Of Karmada's own operator. */
export const ensureOperatorManifests = (progress: Progress): Promise<string> =>
    ensureData("operator-manifests", "karmada", "operator/config", progress);

/** Karmada's CustomResourceDefinitions with the patches that its own installers need beside them. */
export const ensureReleasedDefinitions = (progress: Progress): Promise<string> =>
    ensureData("released-crds", "karmada", "charts/karmada/_crds", progress);

async function ensureData(
    name: string,
    module: ModuleName,
    folder: string,
    progress: Progress,
    environment: NodeJS.ProcessEnv = process.env,
): Promise<string> {
    const pin = pinOf(module);
    const cache = cacheFolder(environment);
    const target = cachedData(cache, name, pin);
    if (existsSync(target)) return target;
    await requireGo(environment);
    await alone(cache, progress, async () => {
        if (existsSync(target)) return;
        await progress.step(`unpack ${name} ${pin.version}`, () =>
            intoPlace(target, async (into) => {
                const args = ["mod", "download", "-json", `${pin.path}@${pin.version}`];
                const module = JSON.parse(await go(args, { cwd: pin.folder, environment }));
                cpSync(path.join((module as { Dir: string }).Dir, folder), into, {
                    recursive: true,
                });
                makeWritable(into);
            }),
        );
    });
    return target;
}

/** One build at a time for one cache: two would only slow each other down. */
const alone = (cache: string, progress: Progress, work: () => Promise<void>) =>
    withLock(
        path.join(cache, "build.lock"),
        (pid) => progress.note(`Process ${pid} is building into ${cache}; waiting for it.`),
        work,
    );

/** Fills a folder beside its place and moves it there whole: what is interrupted leaves nothing. */
async function intoPlace(target: string, fill: (folder: string) => Promise<void>): Promise<void> {
    const unfinished = `${target}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    try {
        await fill(unfinished);
        renameSync(unfinished, target);
    } finally {
        rmSync(unfinished, { recursive: true, force: true });
    }
}

/** Go's module cache is read-only, and a copy of it could not be deleted. */
function makeWritable(folder: string): void {
    chmodSync(folder, 0o755);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const file = path.join(folder, entry.name);
        if (entry.isDirectory()) makeWritable(file);
        else chmodSync(file, 0o644);
    }
}
