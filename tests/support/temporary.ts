import { mkdtempSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** A folder for one test file's leavings, removed when its tests are over. */
export function temporaryFolder(): string {
    const folder = mkdtempSync(path.join(os.tmpdir(), "karmada-eks-test-"));
    after(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
}
