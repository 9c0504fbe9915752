import * as path from "node:path";
import { previewOffline } from "../../local/offline";
import { silent, type Progress } from "../../local/support/progress";
import { projectRoot } from "../../local/support/root";
import { type Cost, costUntil } from "./cost";

/** The same preview, one right after the other. */
export interface PolicyRound {
    readonly without: Cost;
    readonly withPack: Cost;
}

const stack = "prod";
const policyPack = path.join(projectRoot, "policies");

/** What the policy pack adds to the preview of the prod stack. */
export async function measurePolicies(rounds: number, progress: Progress): Promise<PolicyRound[]> {
    const alone = () => progress.step("preview", () => costOfPreview({}));
    const judged = () =>
        progress.step("preview with the pack", () => costOfPreview({ policyPack }));
    // The first ones build what later ones find.
    await judged();
    const measured: PolicyRound[] = [];
    for (let round = 0; round < rounds; round++) {
        // In turn, so that neither is always the one that finds a warm cache.
        if (round % 2 === 0) measured.push({ without: await alone(), withPack: await judged() });
        else {
            const withPack = await judged();
            measured.push({ without: await alone(), withPack });
        }
    }
    return measured;
}

async function costOfPreview(options: { readonly policyPack?: string }): Promise<Cost> {
    const { user, system } = process.cpuUsage();
    const cost = await costUntil(
        process.pid,
        previewOffline(stack, { ...options, progress: silent }),
    );
    // This process has worked before.
    return { ...cost, processorSeconds: cost.processorSeconds - (user + system) / 1e6 };
}
