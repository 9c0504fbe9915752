import * as assert from "node:assert/strict";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import * as path from "node:path";
import { installedVersion } from "../../local/support/sdk";
import { homeWithProvider } from "../support/inlineStack";

/** A folder like ~/.pulumi/plugins: its plugins are put to the test instead of the project's own. */
const official = process.env.PROVIDERS_UNDER_TEST;

/** A PULUMI_HOME with the provider that is put to the test. */
export async function homeWithProviderUnderTest(folder: string, name: string): Promise<string> {
    if (official === undefined) {
        return homeWithProvider(folder, name);
    }
    const plugin = `resource-${name}-v${installedVersion(`@pulumi/${name}`)}`;
    const source = path.resolve(official, plugin);
    assert.ok(existsSync(source), `PROVIDERS_UNDER_TEST is set, but there is no ${source}`);
    const plugins = path.join(folder, "home", "plugins");
    mkdirSync(plugins, { recursive: true });
    symlinkSync(source, path.join(plugins, plugin));
    return path.join(folder, "home");
}

/** The words of a message are each provider's own; what it is about is not. */
export function assertSaid(message: string, ours: RegExp, anyone?: RegExp): void {
    const pattern = official === undefined ? ours : anyone;
    if (pattern !== undefined) {
        assert.match(message, pattern);
    }
}

/** A case in which another provider does something else: what, docs/local-engine.md says in its table. */
export function itIsOurs(difference: string, title: string, test: Mocha.AsyncFunc): void {
    if (official === undefined) {
        it(title, test);
    } else {
        it.skip(`${title} (${difference})`, test);
    }
}

/** Part of the command line of the provider's process, and of no other. */
export function programUnderTest(folder: string, name: string): string {
    return official === undefined
        ? path.join(folder, `resource-${name}.js`)
        : path.join(folder, "home", "plugins");
}

/** The message with which the work fails. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
    const [outcome] = await Promise.allSettled([work]);
    assert.equal(outcome.status, "rejected", "it must fail");
    return String((outcome as PromiseRejectedResult).reason);
}
