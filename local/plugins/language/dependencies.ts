import { readFileSync } from "node:fs";
import * as path from "node:path";

export interface Dependency {
    readonly name: string;
    readonly version: string;
}

interface Manifest {
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly devDependencies?: Readonly<Record<string, string>>;
    readonly packages?: Readonly<Record<string, { readonly version?: string }>>;
}

/** What is installed for a program: its own dependencies, or theirs too. */
export function installedDependencies(directory: string, transitive: boolean): Dependency[] {
    const { packages = {} } = readJson(path.join(directory, "node_modules", ".package-lock.json"));
    const manifest = readJson(path.join(directory, "package.json"));
    const own = { ...manifest.dependencies, ...manifest.devDependencies };
    return Object.entries(packages).flatMap(([place, { version }]) => {
        const name = place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
        const isOwn = place === `node_modules/${name}` && name in own;
        return version !== undefined && (transitive || isOwn) ? [{ name, version }] : [];
    });
}

/** Nothing installed is no error here: the engine asks only to tell the user. */
function readJson(file: string): Manifest {
    try {
        return JSON.parse(readFileSync(file, "utf8")) as Manifest;
    } catch {
        return {};
    }
}
