import {
    copyFileSync,
    existsSync,
    mkdirSync,
    readFileSync,
    renameSync,
    statSync,
    writeFileSync,
} from "node:fs";
import * as path from "node:path";
import { projectRoot } from "./root";

/** Goes with the installed packages, which are in the bundles: a new installation starts afresh. */
const cache = path.join(projectRoot, "node_modules", ".cache", "pulumi-karmada-eks");

/**
 * Bundles a program of ours into one JavaScript file; again only when its sources have changed.
 * Several copies of it run at a time, and each starts in a fraction of the time and memory that
 * loading its sources one by one would take.
 */
export async function bundle(entry: string, outfile: string): Promise<void> {
    const name = path.relative(projectRoot, entry).replaceAll(path.sep, "-");
    const cached = path.join(cache, `${name}.js`);
    const sources = path.join(cache, `${name}.sources.json`);
    if (!isCurrent(cached, sources)) await build(entry, cached, sources);
    mkdirSync(path.dirname(outfile), { recursive: true, mode: 0o700 });
    copyFileSync(cached, outfile);
}

async function build(entry: string, outfile: string, sources: string): Promise<void> {
    // Only now: loading it takes longer than looking whether it is needed.
    const esbuild = await import("esbuild");
    const unfinished = `${outfile}.${process.pid}`;
    const { metafile } = await esbuild.build({
        entryPoints: [entry],
        outfile: unfinished,
        absWorkingDir: projectRoot,
        bundle: true,
        platform: "node",
        target: "node20",
        logLevel: "silent",
        metafile: true,
    });
    renameSync(unfinished, outfile);
    const own = Object.keys(metafile.inputs).filter((file) => !file.includes("node_modules"));
    // Installed packages change with the lock file only.
    writeFileSync(sources, JSON.stringify([...own, "package-lock.json"]));
}

function isCurrent(outfile: string, listOfSources: string): boolean {
    if (!existsSync(listOfSources) || !existsSync(outfile)) return false;
    const built = statSync(outfile).mtimeMs;
    const sources = JSON.parse(readFileSync(listOfSources, "utf8")) as string[];
    return sources.every((source) => {
        const file = path.join(projectRoot, source);
        return existsSync(file) && statSync(file).mtimeMs < built;
    });
}
