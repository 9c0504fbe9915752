import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { performance } from "node:perf_hooks";
import { federationBinaries } from "../../local/federation";
import { UserError } from "../../local/support/errors";
import type { Progress } from "../../local/support/progress";
import { ensureAssets, ensureBinaries } from "../../local/toolchain";
import { pinOf } from "../../local/toolchain/catalog";
import { go } from "../../local/toolchain/go";
import { CommandFailed, copyCheckout, run, type Checkout } from "../support/checkout";

/** Seconds until the sample ran 3 / 3 / 6. */
export interface Round {
    readonly plain: number;
    readonly first: number;
    readonly second: number;
}

/** Measures the plain script, then a first and a second `npm start` in a fresh copy, `count` times. */
export async function measureRounds(count: number, progress: Progress): Promise<Round[]> {
    const binaries = await ensureBinaries(
        [...federationBinaries, "kubectl", "karmadactl"],
        progress,
    );
    const assets = await ensureAssets(progress);
    const inputs = [folderOf(binaries), await sourceOfKarmada(), assets.kwokStages];
    const rounds: Round[] = [];
    for (let round = 1; round <= count; round++) {
        const timed = (label: string, work: () => Promise<number>) =>
            progress.step(`round ${round} of ${count}: ${label}`, work);
        rounds.push({
            plain: await timed("plain script", () => plain(inputs)),
            ...(await starts(timed)),
        });
    }
    return rounds;
}

async function plain(inputs: readonly string[]): Promise<number> {
    const script = path.join(__dirname, "plain.sh");
    const { stderr } = await explained(run("bash", [script, ...inputs], __dirname));
    return Number(/([\d.]+) s\s*$/.exec(stderr)![1]);
}

/** One folder for all, as an operator has them, until this process ends. */
function folderOf(binaries: Readonly<Record<string, string>>): string {
    const folder = mkdtempSync(path.join(os.tmpdir(), "karmada-eks-bench-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    for (const [name, file] of Object.entries(binaries)) symlinkSync(file, path.join(folder, name));
    return folder;
}

async function starts(
    timed: (label: string, work: () => Promise<number>) => Promise<number>,
): Promise<Pick<Round, "first" | "second">> {
    const checkout = copyCheckout();
    try {
        const first = await timed("first npm start", () => start(checkout));
        const second = await timed("second npm start", () => start(checkout));
        return { first, second };
    } finally {
        checkout.remove();
    }
}

async function start(checkout: Checkout): Promise<number> {
    const started = performance.now();
    await explained(checkout.npm("start"));
    const seconds = (performance.now() - started) / 1_000;
    await requireSample(checkout);
    return seconds;
}

/** A faster way to another result is no result. */
async function requireSample(checkout: Checkout): Promise<void> {
    const status = JSON.parse(await explained(checkout.npm("run", "status", "--", "--json"))) as {
        workloads: { members: { cluster: string; running: number }[] }[];
    };
    const running = status.workloads.map(({ members }) =>
        members.map(({ cluster, running }) => `${cluster} ${running}`).join(", "),
    );
    const expected = "ekseucl01 3, ekseucl02 3, eksuscl01 6";
    if (running.join("; ") !== expected) {
        throw new UserError(
            `npm start ended while the members ran "${running.join("; ")}", not "${expected}". ` +
                "The benchmark measures the sample as Pulumi.local.yaml has it in the repository.",
        );
    }
}

async function explained<T>(work: Promise<T>): Promise<T> {
    try {
        return await work;
    } catch (error) {
        throw error instanceof CommandFailed ? new UserError(error.message) : error;
    }
}

async function sourceOfKarmada(): Promise<string> {
    const { path: module, version, folder } = pinOf("karmada");
    const args = ["mod", "download", "-json", `${module}@${version}`];
    const answer = await go(args, { cwd: folder, environment: process.env });
    return (JSON.parse(answer) as { Dir: string }).Dir;
}
