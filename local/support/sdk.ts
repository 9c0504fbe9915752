import { readFileSync } from "node:fs";

/** Version of an installed package; the engine asks a plugin for that of its SDK. */
export function installedVersion(name: string): string {
    const file = require.resolve(`${name}/package.json`);
    return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
