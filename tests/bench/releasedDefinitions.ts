import { execFileSync } from "node:child_process";
import type { Progress } from "../../local/support/progress";
import { ensureReleasedDefinitions } from "../../local/toolchain";

/** An archive of Karmada's definitions as a release has it, and as Karmada's installers expect it. */
export async function releasedDefinitions(progress: Progress): Promise<Buffer> {
    const folder = await ensureReleasedDefinitions(progress);
    return execFileSync("tar", ["-cz", "--transform=s,^\\.,crds,", "-C", folder, "."]);
}
