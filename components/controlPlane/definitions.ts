import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { type Problem, shown } from "../support/problems";
import { versions } from "../versions";

/** A CustomResourceDefinition as upstream ships it. */
export interface Definition {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: { readonly name: string };
    readonly spec: object;
}

/** Beside this file, in the sources as in the npm package; put there by `npm run build`. */
export const packagedDefinitions = path.join(__dirname, "crds");

const files = (folder: string) =>
    existsSync(folder)
        ? readdirSync(folder, { recursive: true, encoding: "utf8" })
              .filter((file) => file.endsWith(".yaml"))
              .sort()
        : [];

export function checkDefinitions(field: string, folder: string): Problem[] {
    if (files(folder).length > 0) return [];
    const remedy =
        folder === packagedDefinitions
            ? 'run "npm run build", which takes them from the pinned module of Karmada.'
            : "name a folder with their YAML files.";
    const message = `is ${shown(folder)}, where there are none of Karmada's CustomResourceDefinitions; ${remedy}`;
    return [{ path: field, message }];
}

/** Karmada's kinds change with its minor versions, and the package has those of one. */
export function checkKinds(karmada: string, definitions: string | undefined): Problem[] {
    const minorOf = (version: string) => version.split(".").slice(0, 2).join(".");
    if (definitions !== undefined || minorOf(karmada) === minorOf(versions.karmada)) return [];
    const message = `is ${shown(karmada)}, but the CustomResourceDefinitions of this package are those of ${versions.karmada}; name a folder with its own as definitions.`;
    return [{ path: "versions.karmada", message }];
}

export const readDefinitions = (folder: string): Definition[] =>
    files(folder).map((file) => parse(readFileSync(path.join(folder, file), "utf8")) as Definition);
