import { chmodSync, existsSync, symlinkSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { bundle } from "../support/bundle";
import { replaceFile } from "../support/replaceFile";
import { projectRoot } from "../support/root";
import { installedVersion } from "../support/sdk";
import type { EngineLayout } from "./layout";

/** A plugin of the engine's that is a program of ours. */
export interface Plugin {
    readonly kind: "language" | "resource";
    readonly name: string;
    /** The package whose version the engine asks the plugin for. */
    readonly sdk: string;
    readonly entry: string;
}

/** A provider by this name, from where the project keeps those of the sort. */
export const provider = (name: string, sort: "plugins" | "simulation" = "plugins"): Plugin => ({
    kind: "resource",
    name,
    sdk: `@pulumi/${name}`,
    entry: path.join(projectRoot, "local", sort, name, "main.ts"),
});

export const languageHost: Plugin = {
    kind: "language",
    name: "nodejs",
    sdk: "@pulumi/pulumi",
    entry: path.join(projectRoot, "local", "plugins", "language", "main.ts"),
};

const plugins = [languageHost, provider("kubernetes"), provider("tls"), provider("command")];

/**
 * Fills the private PULUMI_HOME: with the official plugins where the user has them, else with the
 * project's own.
 */
export async function installPlugins(
    layout: EngineLayout,
    usersHome = path.join(os.homedir(), ".pulumi"),
): Promise<void> {
    await Promise.all(
        plugins.map(async (plugin) => {
            const official = path.join(usersHome, placeOf(plugin));
            const place = path.join(layout.home, placeOf(plugin));
            if (existsSync(official)) replaceFile(place, (file) => symlinkSync(official, file));
            else await installOwn(plugin, layout);
        }),
    );
}

/** Puts a plugin of ours into a PULUMI_HOME, and its program beside that. */
export async function installOwn(
    plugin: Plugin,
    { home, bundles }: Pick<EngineLayout, "home" | "bundles">,
): Promise<void> {
    const program = path.join(bundles, `${plugin.kind}-${plugin.name}.js`);
    await bundle(plugin.entry, program);
    writeLauncher(path.join(home, placeOf(plugin)), program);
}

/** Puts a script in the place of a plugin. */
export function installScript(plugin: Plugin, home: string, script: string): void {
    writeScript(path.join(home, placeOf(plugin)), script);
}

/** Where the engine looks for it in its home. */
function placeOf({ kind, name, sdk }: Plugin): string {
    const version = installedVersion(sdk);
    return path.join("plugins", `${kind}-${name}-v${version}`, `pulumi-${kind}-${name}`);
}

/** An executable that runs a program of ours with this very Node. */
export function writeLauncher(file: string, program: string): void {
    const quoted = [process.execPath, program].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
    writeScript(file, `exec ${quoted.join(" ")} "$@"`);
}

function writeScript(file: string, script: string): void {
    replaceFile(file, (unfinished) => {
        writeFileSync(unfinished, `#!/bin/sh\n${script}\n`);
        chmodSync(unfinished, 0o755);
    });
}
