import { build } from "esbuild";

/**
 * Bundles a program of ours into one JavaScript file. Several copies of it run at a time, and each
 * starts in a fraction of the time and memory that loading its sources one by one would take.
 */
export async function bundle(entry: string, outfile: string): Promise<void> {
    await build({
        entryPoints: [entry],
        outfile,
        bundle: true,
        platform: "node",
        target: "node20",
        sourcemap: "inline",
        sourcesContent: false,
        logLevel: "silent",
    });
}
