// Plain JavaScript, because the project's commands are bundled by it before they can run.
// @ts-check
"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const root = path.resolve(__dirname, "../..");

/**
 * Goes with the installed packages, which are in the bundles: a new installation starts afresh. Copies of the
 * checkout may share the packages, and a bundle knows where its sources lie.
 */
const cache = path.join(
    root,
    "node_modules",
    ".cache",
    "pulumi-karmada-eks",
    createHash("sha256").update(root).digest("hex").slice(0, 8),
);

/**
 * Bundles a program of ours into one JavaScript file and answers where that is; builds it again only when its
 * sources have changed. It starts in a fraction of the time and memory that loading the sources one by one takes.
 * @param {string} entry
 * @returns {Promise<string>}
 */
async function bundled(entry) {
    const name = path.relative(root, entry).replaceAll(path.sep, "-");
    const program = path.join(cache, `${name}.js`);
    const sources = path.join(cache, `${name}.sources.json`);
    if (!isCurrent(program, sources)) await build(entry, program, sources);
    return program;
}

/**
 * Puts the bundle of a program of ours where a running one keeps it, whatever becomes of the sources.
 * @param {string} entry
 * @param {string} outfile
 * @returns {Promise<void>}
 */
async function bundle(entry, outfile) {
    const program = await bundled(entry);
    fs.mkdirSync(path.dirname(outfile), { recursive: true, mode: 0o700 });
    fs.copyFileSync(program, outfile);
}

/** @type {import("esbuild").Plugin} */
const foldersOfSources = {
    name: "folders of sources",
    setup({ onLoad }) {
        onLoad({ filter: /\.[jt]s$/ }, ({ path: file }) => {
            if (file.includes("node_modules")) return undefined;
            const contents = fs
                .readFileSync(file, "utf8")
                .replaceAll(/\b__dirname\b/g, JSON.stringify(path.dirname(file)));
            return { contents, loader: file.endsWith(".ts") ? "ts" : "js" };
        });
    },
};

/**
 * @param {string} entry
 * @param {string} outfile
 * @param {string} listOfSources
 */
async function build(entry, outfile, listOfSources) {
    // Only now: loading it takes longer than looking whether it is needed.
    const esbuild = require("esbuild");
    const unfinished = `${outfile}.${process.pid}`;
    const { metafile } = await esbuild.build({
        entryPoints: [entry],
        outfile: unfinished,
        absWorkingDir: root,
        bundle: true,
        external: ["esbuild"],
        plugins: [foldersOfSources],
        platform: "node",
        target: "node20",
        logLevel: "silent",
        metafile: true,
    });
    fs.renameSync(unfinished, outfile);
    const own = Object.keys(metafile.inputs).filter((file) => !file.includes("node_modules"));
    // Installed packages change with the lock file only.
    fs.writeFileSync(listOfSources, JSON.stringify([...own, "package-lock.json"]));
}

/**
 * @param {string} outfile
 * @param {string} listOfSources
 */
function isCurrent(outfile, listOfSources) {
    if (!fs.existsSync(listOfSources) || !fs.existsSync(outfile)) return false;
    const built = fs.statSync(outfile).mtimeMs;
    /** @type {string[]} */
    const sources = JSON.parse(fs.readFileSync(listOfSources, "utf8"));
    return sources.every((source) => {
        const file = path.join(root, source);
        return fs.existsSync(file) && fs.statSync(file).mtimeMs < built;
    });
}

module.exports = { bundle, bundled };
