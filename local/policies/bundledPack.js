// Plain JavaScript: the engine starts the pack of a checkout as it is.
// @ts-check
"use strict";
const path = require("node:path");
const { bundled } = require("../support/bundle");

const policies = path.join(__dirname, "../../policies");

/**
 * The policy pack in one file.
 * @returns {Promise<string>}
 */
const bundledPack = () =>
    bundled(path.join(policies, "index.ts"), {
        instead: { "@pulumi/pulumi": path.join(policies, "frame", "sdk.ts") },
    });

module.exports = { bundledPack };
