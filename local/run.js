// Runs one of the project's commands straight after a clone: plain JavaScript, because what it needs
// may not be installed yet.
"use strict";
const { spawnSync } = require("node:child_process");
const { lstatSync, statSync } = require("node:fs");
const path = require("node:path");

const root = path.dirname(__dirname);
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node ${process.versions.node} is too old: install Node 20.19 or later.`);
    process.exit(1);
}

const changed = (file) => {
    try {
        return statSync(path.join(root, file)).mtimeMs;
    } catch {
        return 0;
    }
};
const isLink = (file) =>
    lstatSync(path.join(root, file), { throwIfNoEntry: false })?.isSymbolicLink();
if (changed("package-lock.json") > changed("node_modules/.package-lock.json")) {
    if (isLink("node_modules")) {
        // npm would empty the folder behind the link, which is not this checkout's.
        console.error(
            "package-lock.json is newer than what is installed, and node_modules is a link:\n" +
                "run npm ci where it leads to, or remove the link and start again.",
        );
        process.exit(1);
    }
    console.log("Installing the project's packages (npm ci), once …");
    const npm = spawnSync("npm", ["ci", "--no-progress", "--loglevel=error"], {
        cwd: root,
        stdio: "inherit",
        shell: process.platform === "win32",
    });
    if (npm.status !== 0) {
        console.error("npm ci failed; its messages stand above.");
        process.exit(npm.status ?? 1);
    }
}

const { bundled } = require("./support/bundle");
const interrupted = () => {
    console.error("\nInterrupted.");
    process.exit(130);
};
// To stay until the command has its own: npm sends on a Ctrl-C that this process has from the terminal already, and
// the second would find no handler.
process.on("SIGINT", interrupted);
bundled(path.join(__dirname, "commands", `${process.argv[2]}.ts`)).then(
    (program) => {
        require(program).main(process.argv.slice(3));
        process.removeListener("SIGINT", interrupted);
    },
    // A terminal's Ctrl-C also ends the bundler, and that may be noticed before the signal is.
    (error) =>
        setTimeout(() => {
            console.error(error.message);
            process.exit(1);
        }, 50),
);
