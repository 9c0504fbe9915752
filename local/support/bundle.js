// Plain JavaScript, because the project's commands are bundled by it before they can run.
// @ts-check
"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");
const { replaceFile } = require("./replaceFile");

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
 * @typedef {object} Options
 * @property {"bundle" | "external"} [packages] "external" leaves installed packages where they are, for a program
 * that has to share them with whoever runs it.
 * @property {Readonly<Record<string, string>>} [instead] files that stand for modules, by the modules' names.
 */

/**
 * Bundles a program of ours into one JavaScript file and answers where that is; builds it again only when its
 * sources have changed. It starts in a fraction of the time and memory that loading the sources one by one takes.
 * @param {string} entry
 * @param {Options} options
 * @returns {Promise<string>}
 */
async function bundled(entry, options = {}) {
    const name = path.relative(root, entry).replaceAll(path.sep, "-");
    const program = path.join(cache, `${name}.js`);
    const sources = path.join(cache, `${name}.sources.json`);
    if (!isCurrent(program, sources)) await build(entry, program, sources, options);
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
    replaceFile(outfile, (file) => fs.copyFileSync(program, file));
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
 * Pulumi's SDK loads a compiler and a package manager, ten times its own size, to turn functions into resources: no
 * program of ours does.
 * @type {import("esbuild").Plugin}
 */
const withoutFunctionsAsResources = {
    name: "without functions as resources",
    setup({ onResolve, onLoad }) {
        const namespace = "nothing";
        onResolve({ filter: /^@npmcli\/arborist$|\/typescript-shim$/ }, ({ path: name }) => {
            return { path: path.join("node_modules", path.basename(name)), namespace };
        });
        onLoad({ filter: /./, namespace }, () => ({ contents: "module.exports = {};" }));
    },
};

/**
 * @param {Readonly<Record<string, string>>} files
 * @returns {import("esbuild").Plugin}
 */
const standingFor = (files) => ({
    name: "files for modules",
    setup({ onResolve }) {
        for (const [name, file] of Object.entries(files)) {
            onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: file }));
        }
    },
});

/**
 * Pulumi's SDK takes a stack trace of each promise, by an error without a message: to look its frames up in the maps
 * of all sources takes longer than what the program does. Errors that say something keep theirs.
 */
const withoutTracesOfPromises = `{
    const { prepareStackTrace } = Error;
    Error.prepareStackTrace =
        prepareStackTrace &&
        ((error, frames) => (error.message === "" ? "" : prepareStackTrace(error, frames)));
}`;

/**
 * @param {string} entry
 * @param {string} outfile
 * @param {string} listOfSources
 * @param {Options} options
 */
async function build(entry, outfile, listOfSources, { packages = "bundle", instead = {} }) {
    // Only now: loading it takes longer than looking whether it is needed. From here, because this file may be part
    // of a bundle that lies elsewhere.
    /** @type {import("esbuild")} */
    const esbuild = createRequire(path.join(root, "package.json"))("esbuild");
    const unfinished = `${outfile}.${process.pid}`;
    const started = Date.now();
    const { metafile } = await esbuild.build({
        entryPoints: [entry],
        outfile: unfinished,
        absWorkingDir: root,
        bundle: true,
        packages,
        banner: packages === "external" ? { js: withoutTracesOfPromises } : undefined,
        sourcemap: packages === "external" && "inline",
        sourcesContent: false,
        plugins: [foldersOfSources, withoutFunctionsAsResources, standingFor(instead)],
        platform: "node",
        target: "node20",
        logLevel: "silent",
        metafile: true,
    });
    fs.renameSync(unfinished, outfile);
    const own = Object.keys(metafile.inputs).filter((file) => !file.includes("node_modules"));
    // Installed packages change with the lock file only.
    const times = [...own, "package-lock.json"].map((source) => {
        const { mtimeMs } = fs.statSync(path.join(root, source));
        // One that has changed since may have been read before.
        return [source, mtimeMs < started ? mtimeMs : null];
    });
    const list = JSON.stringify(Object.fromEntries(times));
    replaceFile(listOfSources, (file) => fs.writeFileSync(file, list));
}

/**
 * @param {string} outfile
 * @param {string} listOfSources
 */
function isCurrent(outfile, listOfSources) {
    if (!fs.existsSync(listOfSources) || !fs.existsSync(outfile)) return false;
    /** @type {Record<string, number | null>} */
    const sources = JSON.parse(fs.readFileSync(listOfSources, "utf8"));
    return Object.entries(sources).every(
        ([source, time]) =>
            fs.statSync(path.join(root, source), { throwIfNoEntry: false })?.mtimeMs === time,
    );
}

module.exports = { bundle, bundled };
