import { readFileSync } from "node:fs";

/** Version of an installed package; the engine asks a plugin for that of its SDK. */
export function installedVersion(name: string): string {
    const file = require.resolve(`${name}/package.json`);
    const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
    // Some are published with a prefix, which the SDK does not send to the engine.
    return version.replace(/^v/, "");
}
