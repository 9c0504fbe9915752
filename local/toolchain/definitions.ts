import { cpSync, rmSync } from "node:fs";
import * as path from "node:path";
import { checkDefinitions, packagedDefinitions } from "../../components/controlPlane/definitions";
import type { Progress } from "../support/progress";
import { projectRoot } from "../support/root";
import { ensureAssets } from ".";

/** Puts Karmada's CustomResourceDefinitions where the components look for them. */
export async function placeDefinitions(progress: Progress, ...roots: string[]): Promise<void> {
    const { karmadaCrds } = await ensureAssets(progress);
    for (const root of roots) {
        const folder = path.join(root, path.relative(projectRoot, packagedDefinitions));
        rmSync(folder, { recursive: true, force: true });
        cpSync(karmadaCrds, folder, { recursive: true });
    }
}

/** Without them the program makes no Karmada. */
export async function ensureDefinitions(progress: Progress): Promise<void> {
    const missing = checkDefinitions("definitions", packagedDefinitions);
    if (missing.length > 0) await placeDefinitions(progress, projectRoot);
}
