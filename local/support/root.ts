import * as path from "node:path";

export const projectRoot = path.resolve(__dirname, "../..");

/** Where everything of the local environment lives; git ignores it. */
export const stateDir = path.join(projectRoot, ".local");
