import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { StackKind } from "../../stacks/parseSettings";
import { UserError } from "../support/errors";
import { attend } from "../support/interruption";
import type { Progress } from "../support/progress";
import { ensureBinaries } from "../toolchain";
import { ensureDefinitions } from "../toolchain/definitions";
import { readDigest } from "./digest";
import { takenToBeThere } from "./existing";
import type { OfflinePreview } from "./planned";
import { inScene, type Scene } from "./scene";
import { findStackFile, type StackFile } from "./stackFile";

export interface OfflineOptions {
    readonly progress: Progress;
    /** Folder of a policy pack that judges the preview. */
    readonly policyPack?: string;
    /** File with the configuration of its policies. */
    readonly policyConfig?: string;
}

/**
 * Previews the program of a stack with the real engine, on a simulated AWS where nothing exists yet: no
 * credentials, no network, and nothing left behind. Takes a stack file, or the name of a stack of the project's.
 */
export async function previewOffline(
    stackFileOrName: string,
    options: OfflineOptions,
): Promise<OfflinePreview> {
    const stackFile = findStackFile(stackFileOrName);
    const { pulumi } = await ensureBinaries(["pulumi"], options.progress);
    await ensureDefinitions(options.progress);
    return inScene(stackFile, (scene) =>
        options.progress.step(`preview ${stackFile.stack} offline`, () =>
            preview(pulumi, stackFile, scene, options),
        ),
    );
}

async function preview(
    pulumi: string,
    { stack, file }: StackFile,
    { folder, environment, settings }: Scene,
    { policyPack, policyConfig }: OfflineOptions,
): Promise<OfflinePreview> {
    const eventLog = path.join(folder, "events.jsonl");
    const child = spawn(
        pulumi,
        [
            ...["preview", "--json", "--non-interactive"],
            ...["--event-log", eventLog],
            ...(policyPack === undefined ? [] : ["--policy-pack", path.resolve(policyPack)]),
            ...(policyConfig === undefined
                ? []
                : ["--policy-pack-config", path.resolve(policyConfig)]),
        ],
        { cwd: folder, env: environment, stdio: ["ignore", "pipe", "pipe"] },
    );
    attend(child);
    const exited = new Promise<number>((resolve, reject) =>
        child.once("error", reject).once("close", (code) => resolve(code ?? 1)),
    );
    const [exitCode, printed, complaints] = await Promise.all([
        exited,
        text(child.stdout),
        text(child.stderr),
    ]);
    if (!printed.trim()) throw new UserError(`The preview of ${stack} failed:\n${complaints}`);
    const told = readDigest(printed, readFileSync(eventLog, "utf8"));
    const errors = told.diagnostics.filter(
        ({ severity, message }) => severity === "error" && message !== "error: preview failed",
    );
    const isRefused = told.policies.violations.some(({ level }) => level === "mandatory");
    if (errors.length > 0 || (exitCode !== 0 && !isRefused)) {
        const words = errors.map(({ message }) => message).join("\n") || complaints;
        throw new UserError(`${path.basename(file)} cannot be previewed:\n${words}`);
    }
    const home = settings.kind === StackKind.Aws ? settings.region : undefined;
    return { stack, exitCode, home, takenToBeThere: takenToBeThere(settings), ...told };
}
