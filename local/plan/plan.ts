import type { Diagnostic, OfflinePreview } from "../offline";
import { type CertificateRow, certificatesOf } from "./certificates";
import { type Cost, costOf } from "./cost";
import { type Exposure, exposureOf } from "./exposure";
import { Inventory } from "./inventory";
import { type Placement, placementsOf } from "./placement";
import { type QuotaUse, quotasOf } from "./quotas";
import { type Topology, topologyOf } from "./topology";
import { type TreeRow, treeOf } from "./tree";
import { sum } from "./values";

/** What a stack would be, without an account to ask. */
export interface Plan {
    readonly stack: string;
    /** How many. */
    readonly resources: number;
    /** Of the program, with the name of what they are about. */
    readonly warnings: readonly string[];
    /** By the word of the stack file alone. */
    readonly takenToBeThere: readonly string[];
    readonly tree: readonly TreeRow[];
    readonly exposure: readonly Exposure[];
    readonly certificates: readonly CertificateRow[];
    readonly placements: readonly Placement[];
    readonly cost: Cost;
    readonly quotas: readonly QuotaUse[];
    readonly topology: Topology;
}

/** `now` is when certificates are taken to be issued. */
export function planOf(preview: Omit<OfflinePreview, "exitCode" | "policies">, now: Date): Plan {
    const inventory = new Inventory(preview.resources);
    const placements = placementsOf(preview, inventory);
    const tree = treeOf(inventory);
    return {
        stack: preview.stack,
        resources: sum(tree.map(({ resources, names }) => resources * Math.max(1, names.length))),
        warnings: warningsIn(preview.diagnostics),
        takenToBeThere: preview.takenToBeThere,
        tree,
        exposure: exposureOf(inventory),
        certificates: certificatesOf(preview, inventory, now),
        placements,
        cost: costOf(inventory, preview.home),
        quotas: quotasOf(inventory),
        topology: topologyOf(preview.stack, inventory, placements, preview.home),
    };
}

/** What the engine adds of its own: an output that depends on the stack's settings may well be missing. */
const isNoNews = (warning: string): boolean =>
    /^Undefined value \(\w+\) will not show as a stack output/.test(warning);

const warningsIn = (diagnostics: readonly Diagnostic[]): string[] => [
    ...new Set(
        diagnostics
            .filter(({ severity }) => severity === "warning")
            .map(({ message }) => message.replace(/^warning: /, ""))
            .filter((warning) => !isNoNews(warning)),
    ),
];
