import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { previewOffline } from "../../local/offline";
import { bundle } from "../../local/support/bundle";
import { silent, type Progress } from "../../local/support/progress";
import { projectRoot } from "../../local/support/root";
import { type Cost, costUntil } from "./cost";

/** The same preview, one right after the other. */
export interface PolicyRound {
    readonly without: Cost;
    /** With one that has no rules: what the engine and Pulumi's SDK take for themselves. */
    readonly emptyPack: Cost;
    readonly withPack: Cost;
}

const stack = "prod";
const policyPack = path.join(projectRoot, "policies");

/** What the policy pack adds to the preview of the prod stack. */
export async function measurePolicies(rounds: number, progress: Progress): Promise<PolicyRound[]> {
    const folder = mkdtempSync(path.join(os.tmpdir(), "karmada-eks-empty-pack-"));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    // Ctrl-C ends the process, and `finally` is not for that.
    process.once("exit", remove);
    try {
        await writeEmptyPack(folder);
        return await measure(rounds, folder, progress);
    } finally {
        process.removeListener("exit", remove);
        remove();
    }
}

async function measure(
    rounds: number,
    emptyFolder: string,
    progress: Progress,
): Promise<PolicyRound[]> {
    const alone = () => progress.step("preview", () => costOfPreview({}));
    const empty = () =>
        progress.step("preview with an empty pack", () =>
            costOfPreview({ policyPack: emptyFolder }),
        );
    const judged = () =>
        progress.step("preview with the pack", () => costOfPreview({ policyPack }));
    // The first ones build what later ones find.
    await judged();
    const measured: PolicyRound[] = [];
    for (let round = 0; round < rounds; round++) {
        // In turn, so that none is always the one that finds a warm cache.
        if (round % 2 === 0) {
            const [without, emptyPack, withPack] = [await alone(), await empty(), await judged()];
            measured.push({ without, emptyPack, withPack });
        } else {
            const [withPack, emptyPack, without] = [await judged(), await empty(), await alone()];
            measured.push({ without, emptyPack, withPack });
        }
    }
    return measured;
}

/** Compiled, as the other is. */
async function writeEmptyPack(folder: string): Promise<void> {
    await bundle(path.join(__dirname, "emptyPack.ts"), path.join(folder, "start.js"));
    const options = { runtime: { name: "nodejs", options: { typescript: false } } };
    writeFileSync(path.join(folder, "PulumiPolicy.yaml"), JSON.stringify(options));
    const manifest = { name: "empty", version: "0.0.0", main: "start.js" };
    writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
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
