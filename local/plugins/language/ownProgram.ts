import * as path from "node:path";
import { bundled } from "../../support/bundle";
import { projectRoot } from "../../support/root";
import type { ProgramInfo } from "./commandLine";

const entry = path.join(projectRoot, "stacks", "index.ts");

/**
 * This project's own program as one JavaScript file, made anew whenever a source has changed: loading the
 * TypeScript compiler and a hundred sources would take longer than all else that it does. Any other program stays
 * as it is.
 */
export async function withOwnBundled(info: ProgramInfo): Promise<ProgramInfo> {
    if (path.resolve(info.programDirectory, info.entryPoint) !== entry) return info;
    const { nodeargs = "" } = info.options;
    return {
        ...info,
        entryPoint: await bundled(entry, { packages: "external" }),
        options: {
            ...info.options,
            typescript: false,
            // So that errors name the sources' files and lines.
            nodeargs: `${nodeargs as string} --enable-source-maps`,
        },
    };
}
