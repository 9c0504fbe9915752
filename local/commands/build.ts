import { cpSync, rmSync } from "node:fs";
import * as path from "node:path";
import { ensureAssets } from "../toolchain";
import { command } from "../support/command";
import { UserError } from "../support/errors";
import type { Progress } from "../support/progress";
import { projectRoot } from "../support/root";
import { progressOn } from "../support/terminal";
import { runTool } from "../support/tool";

const inSources = ["components", "controlPlane", "crds"];

/** Puts Karmada's CustomResourceDefinitions where the components look for them. */
async function placeDefinitions(progress: Progress, ...roots: string[]): Promise<void> {
    const { karmadaCrds } = await ensureAssets(progress);
    for (const root of roots) {
        const folder = path.join(root, ...inSources);
        rmSync(folder, { recursive: true, force: true });
        cpSync(karmadaCrds, folder, { recursive: true });
    }
}

export const main = command({
    usage: "npm run build",
    summary: "Compiles the components into dist/, with the data of Karmada that they need.",
    options: [],
    run: async () => {
        if ((await runTool("tsc", ["-p", "tsconfig.build.json"])) !== 0) {
            throw new UserError(
                "the components do not compile; the compiler's messages stand above.",
            );
        }
        const dist = path.join(projectRoot, "dist");
        await placeDefinitions(progressOn(process.stdout), projectRoot, dist);
    },
});
