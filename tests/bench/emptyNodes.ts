import { mkdtempSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { UserError } from "../../local/support/errors";
import { ControlPlaneInCluster } from "../e2e/controlPlane/controlPlaneInCluster";
import type { NodesCluster } from "../e2e/nodes";
import { otherCluster } from "../e2e/nodes/machine";

/** Three nodes of this machine, with nothing in them yet, for as long as the work takes. */
export async function onEmptyNodes<T>(
    work: (controlPlane: ControlPlaneInCluster, nodes: NodesCluster) => Promise<T>,
): Promise<T> {
    const folder = mkdtempSync(path.join(os.tmpdir(), "karmada-eks-bench-"));
    try {
        const controlPlane = await ControlPlaneInCluster.prepare(folder);
        try {
            const { nodes } = controlPlane.parent;
            if (nodes === undefined) {
                throw new UserError(
                    `This compares on three nodes of its own; unset ${otherCluster}.`,
                );
            }
            return await work(controlPlane, nodes);
        } finally {
            await controlPlane.stop();
        }
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
