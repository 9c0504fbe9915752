import {
    copyFileSync,
    cpSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../support/root";
import { bundledPack } from "./bundledPack";

const asTheyAre = ["PulumiPolicy.yaml", "package.json", "profiles"];

/** Writes the policy pack as the npm package brings it: its start is the bundle, which needs nothing beside it. */
export async function writePublishedPack(folder: string): Promise<void> {
    const program = await bundledPack();
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const name of asTheyAre) {
        cpSync(path.join(projectRoot, "policies", name), path.join(folder, name), {
            recursive: true,
        });
    }
    copyFileSync(program, path.join(folder, "start.js"));
    writeFileSync(path.join(folder, "LICENSES.txt"), licensesOf(readFileSync(program, "utf8")));
}

/** Of the packages that are in a bundle, which names the file of each piece before it. */
function licensesOf(bundle: string): string {
    const pieces = bundle.matchAll(
        /^\s*\/\/ (node_modules\/(?:.+\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//gm,
    );
    const packages = [...new Set([...pieces].map(([, folder]) => folder!))].sort();
    return packages
        .map((folder) => {
            const root = path.join(projectRoot, folder);
            const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
                name: string;
                version: string;
                license?: string;
            };
            const texts = readdirSync(root)
                .filter((name) => /^(licen[cs]e|notice)/i.test(name))
                .map((name) => readFileSync(path.join(root, name), "utf8").trim());
            return [`${manifest.name} ${manifest.version}: ${manifest.license}`, ...texts].join(
                "\n\n",
            );
        })
        .join(`\n\n${"-".repeat(80)}\n\n`);
}
