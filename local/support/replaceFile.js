// Plain JavaScript, because the project's commands are bundled with it before they can run.
// @ts-check
"use strict";
const fs = require("node:fs");
const path = require("node:path");

/**
 * Makes a file beside its place, and puts it there when it is whole: whoever looks finds the old one or the new one.
 * @param {string} place
 * @param {(file: string) => void} make
 */
function replaceFile(place, make) {
    fs.mkdirSync(path.dirname(place), { recursive: true, mode: 0o700 });
    const unfinished = `${place}.${process.pid}`;
    make(unfinished);
    fs.renameSync(unfinished, place);
}

module.exports = { replaceFile };
