import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../local/support/root";
import { temporaryFolder } from "../support/temporary";

describe("the npm package", function () {
    const folder = temporaryFolder();
    const modules = path.join(folder, "node_modules");
    const installed = path.join(modules, "pulumi-karmada-eks");
    const tsc = path.join(projectRoot, "node_modules", ".bin", "tsc");

    before("build it into a project of its own", function () {
        this.timeout(120_000);
        mkdirSync(installed, { recursive: true });
        cpSync(path.join(projectRoot, "package.json"), path.join(installed, "package.json"));
        for (const name of ["@pulumi", "yaml", "@types", "undici-types"]) {
            symlinkSync(path.join(projectRoot, "node_modules", name), path.join(modules, name));
        }
        const outDir = path.join(installed, "dist");
        execFileSync(tsc, ["-p", "tsconfig.build.json", "--outDir", outDir], { cwd: projectRoot });
    });

    it("exports the public names and nothing else", () => {
        const script = `console.log(JSON.stringify(Object.keys(require("pulumi-karmada-eks"))))`;
        const names = execFileSync(process.execPath, ["-e", script], { cwd: folder });
        assert.deepEqual((JSON.parse(names.toString()) as string[]).sort(), [
            "CostBudget",
            "JoinMode",
            "KarmadaBackupStore",
            "KarmadaControlPlane",
            "KarmadaEndpoint",
            "KarmadaParentCluster",
            "KarmadaVpc",
            "ManagementHost",
            "MemberCluster",
            "NatMode",
            "NetworkPeering",
            "NodeImage",
            "SchedulerEstimator",
            "WeightedWorkload",
            "ZoneSpread",
            "divideReplicas",
            "existingKarmada",
            "possibleDivisions",
        ]);
    });

    it("carries Karmada's CustomResourceDefinitions and the policy pack", function () {
        this.timeout(300_000);
        execFileSync("npm", ["run", "build"], { cwd: projectRoot });
        const packed = execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: projectRoot });
        const [{ files }] = JSON.parse(packed.toString()) as [{ files: { path: string }[] }];
        const folder = "dist/components/controlPlane/crds/";
        const definitions = files.filter((file) => file.path.startsWith(folder));
        assert.equal(definitions.length, 19);
        assert.ok(definitions.every((file) => file.path.endsWith(".yaml")));
        const pack = files.filter((file) => file.path.startsWith("dist/policies/"));
        assert.deepEqual(pack.map((file) => file.path.replace("dist/policies/", "")).sort(), [
            "LICENSES.txt",
            "PulumiPolicy.yaml",
            "package.json",
            "profiles/dev.json",
            "profiles/prod.json",
            "profiles/strict.json",
            "start.js",
        ]);
    });

    it("has types that a strict program of a user compiles against", function () {
        this.timeout(120_000);
        writeFileSync(
            path.join(folder, "index.ts"),
            `import { divideReplicas, type MemberClusterArgs, JoinMode } from "pulumi-karmada-eks";
export const split: Readonly<Record<string, number>> = divideReplicas(12, { a: 1, b: 2 });
export const mode: MemberClusterArgs["mode"] = JoinMode.Pull;
`,
        );
        const options = ["--noEmit", "--strict", "--skipLibCheck", "--target", "ES2022"];
        execFileSync(tsc, [...options, "--module", "node16", "index.ts"], { cwd: folder });
    });
});
