// Plain JavaScript: the engine starts it as it is, and type checking at each start would take longer than
// all the rules. Only a checkout has the bundler; the published package brings the bundle itself.
"use strict";
const path = require("node:path");
const { bundled } = require("../local/support/bundle");

bundled(path.join(__dirname, "index.ts")).then(require);
