// Plain JavaScript: the engine starts the pack of a checkout as it is.
// @ts-check
"use strict";
const path = require("node:path");
const { bundled } = require("../support/bundle");

/**
 * The policy pack in one file.
 * @returns {Promise<string>}
 */
const bundledPack = () => bundled(path.join(__dirname, "../../policies/index.ts"));

module.exports = { bundledPack };
