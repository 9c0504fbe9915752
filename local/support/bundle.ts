import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "./root";

/**
 * Bundles a program of ours into one JavaScript file, unless that is done and nothing has changed.
 * Several copies of it run at a time, and each starts in a fraction of the time and memory that
 * loading its sources one by one would take.
 */
export async function bundle(entry: string, outfile: string): Promise<void> {
    const listOfSources = `${outfile}.sources.json`;
    if (isCurrent(outfile, listOfSources)) return;
    // Only now: loading it takes longer than looking whether it is needed.
    const { build } = await import("esbuild");
    const { metafile } = await build({
        entryPoints: [entry],
        outfile,
        absWorkingDir: projectRoot,
        bundle: true,
        platform: "node",
        target: "node20",
        sourcemap: "inline",
        sourcesContent: false,
        logLevel: "silent",
        metafile: true,
    });
    const own = Object.keys(metafile.inputs).filter((file) => !file.includes("node_modules"));
    // Installed packages change with the lock file only.
    writeFileSync(listOfSources, JSON.stringify([...own, "package-lock.json"]));
}

function isCurrent(outfile: string, listOfSources: string): boolean {
    if (!existsSync(listOfSources)) return false;
    const built = statSync(outfile).mtimeMs;
    const sources = JSON.parse(readFileSync(listOfSources, "utf8")) as string[];
    return sources.every((source) => {
        const file = path.join(projectRoot, source);
        return existsSync(file) && statSync(file).mtimeMs < built;
    });
}
