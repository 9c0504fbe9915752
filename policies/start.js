// Plain JavaScript: the engine starts it as it is, and type checking at each start would take longer than
// all the rules. Only a checkout has the bundler; the published package brings the bundle itself.
"use strict";
const { bundledPack } = require("../local/policies/bundledPack");

bundledPack().then(require);
