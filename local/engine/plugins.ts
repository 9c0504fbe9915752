import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { bundle } from "../support/bundle";
import { projectRoot } from "../support/root";
import { installedVersion } from "../support/sdk";
import type { EngineLayout } from "./layout";

interface Plugin {
    readonly kind: "language" | "resource";
    readonly name: string;
    /** The package whose version the engine asks the plugin for. */
    readonly sdk: string;
    /** Folder of ours in `local/plugins/`. */
    readonly folder: string;
}

const plugins: readonly Plugin[] = [
    { kind: "language", name: "nodejs", sdk: "@pulumi/pulumi", folder: "language" },
    { kind: "resource", name: "kubernetes", sdk: "@pulumi/kubernetes", folder: "kubernetes" },
    { kind: "resource", name: "tls", sdk: "@pulumi/tls", folder: "tls" },
    { kind: "resource", name: "command", sdk: "@pulumi/command", folder: "command" },
];

/**
 * Fills the private PULUMI_HOME: with the official plugins where the user has them, else with the
 * project's own.
 */
export async function installPlugins(
    layout: EngineLayout,
    usersHome = path.join(os.homedir(), ".pulumi"),
): Promise<void> {
    await Promise.all(
        plugins.map(async ({ kind, name, sdk, folder }) => {
            const version = installedVersion(sdk);
            const place = path.join(
                "plugins",
                `${kind}-${name}-v${version}`,
                `pulumi-${kind}-${name}`,
            );
            const target = path.join(layout.home, place);
            const official = path.join(usersHome, place);
            mkdirSync(path.dirname(target), { recursive: true });
            rmSync(target, { force: true });
            if (existsSync(official)) {
                symlinkSync(official, target);
                return;
            }
            const program = path.join(layout.bundles, `${folder}.js`);
            await bundle(path.join(projectRoot, "local", "plugins", folder, "main.ts"), program);
            writeLauncher(target, program);
        }),
    );
}

/** An executable that runs a program of ours with this very Node. */
export function writeLauncher(file: string, program: string): void {
    const quoted = [process.execPath, program].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
    writeFileSync(file, `#!/bin/sh\nexec ${quoted.join(" ")} "$@"\n`);
    chmodSync(file, 0o755);
}
