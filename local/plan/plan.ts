import type { OfflinePreview } from "../offline";
import { type CertificateRow, certificatesOf } from "./certificates";
import { type Cost, costOf } from "./cost";
import { type Exposure, exposureOf } from "./exposure";
import { Inventory } from "./inventory";
import { type Placement, placementsOf } from "./placement";
import { type QuotaUse, quotasOf } from "./quotas";
import { parentOf, type Topology, topologyOf } from "./topology";
import { type TreeRow, treeOf } from "./tree";
import { sum } from "./values";

/** What a stack would be, without an account to ask. */
export interface Plan {
    readonly stack: string;
    /** How many. */
    readonly resources: number;
    readonly tree: readonly TreeRow[];
    readonly exposure: readonly Exposure[];
    readonly certificates: readonly CertificateRow[];
    readonly placements: readonly Placement[];
    readonly cost: Cost;
    readonly quotas: readonly QuotaUse[];
    readonly topology: Topology;
}

/** `now` is when certificates are taken to be issued. */
export function planOf(
    preview: Pick<OfflinePreview, "stack" | "resources" | "outputs">,
    now: Date,
): Plan {
    const inventory = new Inventory(preview.resources);
    const parent = parentOf(inventory);
    const placements = placementsOf(preview, inventory);
    const tree = treeOf(inventory);
    return {
        stack: preview.stack,
        resources: sum(tree.map(({ resources, names }) => resources * Math.max(1, names.length))),
        tree,
        exposure: exposureOf(inventory),
        certificates: certificatesOf(preview, inventory, now),
        placements,
        cost: costOf(inventory, parent && inventory.regionOf(parent)),
        quotas: quotasOf(inventory),
        topology: topologyOf(preview.stack, inventory, placements),
    };
}
