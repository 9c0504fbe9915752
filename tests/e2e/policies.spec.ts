import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { engineLayout } from "../../local/engine/layout";
import { installPlugins } from "../../local/engine/plugins";
import { writePublishedPack } from "../../local/policies/publishedPack";
import { silent } from "../../local/support/progress";
import { projectRoot } from "../../local/support/root";
import { ensureBinaries } from "../../local/toolchain";
import { sampleKubeconfig } from "../support/kubeconfigs";
import { temporaryFolder } from "../support/temporary";

const pack = path.join(projectRoot, "policies");
const inDev = JSON.parse(readFileSync(path.join(pack, "profiles", "dev.json"), "utf8")) as object;

/** A cluster that the same update is still to make: nothing of it is known, nobody is asked. */
const heads = `
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
const key = new tls.PrivateKey("key", { algorithm: "ED25519" });
const kubeconfig = pulumi.secret(key.id).apply(() => ${JSON.stringify(sampleKubeconfig())});
const provider = new k8s.Provider("parent", { kubeconfig });
const etcd = (replicas: pulumi.Input<number>) => new k8s.apps.v1.StatefulSet("etcd", {
    metadata: { name: "etcd", namespace: "karmada-system" },
    spec: {
        replicas,
        serviceName: "etcd",
        selector: { matchLabels: { app: "etcd" } },
        template: {
            metadata: { labels: { app: "etcd" } },
            spec: { containers: [{ name: "etcd", image: "registry.k8s.io/etcd:3.6.8-0" }] },
        },
        volumeClaimTemplates: [{ metadata: { name: "data" } }],
    },
}, { provider });
const member = (resource: string, name: string) => new k8s.apiextensions.CustomResource(resource, {
    apiVersion: "cluster.karmada.io/v1alpha1",
    kind: "Cluster",
    metadata: { name },
    spec: { syncMode: "Push" },
}, { provider });
`;

describe("the policy pack on the real engine", function () {
    this.timeout(300_000);
    const folder = temporaryFolder();
    const project = path.join(folder, "project");
    const layout = engineLayout(path.join(folder, "state"));
    let pulumi: string;

    const run = async (...args: string[]) => {
        const cli = spawn(pulumi, args, {
            cwd: project,
            env: {
                ...process.env,
                PULUMI_HOME: layout.home,
                PULUMI_BACKEND_URL: `file://${layout.backend}`,
                PULUMI_CONFIG_PASSPHRASE: "test",
                PULUMI_STACK: "policies",
                PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
                PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
                PULUMI_SKIP_UPDATE_CHECK: "true",
            },
            stdio: ["ignore", "pipe", "pipe"],
        });
        let output = "";
        for (const stream of [cli.stdout, cli.stderr]) {
            stream.setEncoding("utf8").on("data", (text: string) => (output += text));
        }
        const [code] = (await once(cli, "close")) as [number | null];
        return { code, output };
    };
    const judge = (command: string, source: string, config?: object, folderOfPack = pack) => {
        writeFileSync(path.join(project, "index.ts"), `${heads}${source}`);
        const file = path.join(folder, "config.json");
        if (config) writeFileSync(file, JSON.stringify(config));
        const configured = config ? ["--policy-pack-config", file] : [];
        const unasked = command === "up" ? ["--yes", "--skip-preview"] : [];
        return run(command, ...unasked, "--policy-pack", folderOfPack, ...configured);
    };
    const created = () =>
        (
            JSON.parse(readFileSync(layout.stackState("judged", "policies"), "utf8")) as {
                checkpoint: { latest?: { resources?: { type: string }[] } };
            }
        ).checkpoint.latest?.resources?.map(({ type }) => type) ?? [];

    before(async function () {
        this.timeout(0);
        ({ pulumi } = await ensureBinaries(["pulumi"], silent));
        mkdirSync(layout.backend, { recursive: true });
        await installPlugins(layout, path.join(folder, "no-official-plugins"));
        mkdirSync(project);
        const modules = path.join(project, "node_modules");
        mkdirSync(modules);
        for (const name of ["@pulumi", "@types"]) {
            symlinkSync(path.join(projectRoot, "node_modules", name), path.join(modules, name));
        }
        writeFileSync(path.join(project, "Pulumi.yaml"), "name: judged\nruntime: nodejs\n");
        writeFileSync(path.join(project, "package.json"), '{ "main": "index.ts" }');
        const stack = await run("stack", "init", "policies");
        assert.equal(stack.code, 0, stack.output);
    });

    it("stops a preview for each resource that breaks a rule [KAR-01] [KAR-06]", async () => {
        const { code, output } = await judge(
            "preview",
            `etcd(2); member("a", "${"m".repeat(49)}"); `,
        );
        assert.notEqual(code, 0);
        assert.match(output, /etcd-members-odd[^]*spec\.replicas is 2[^]*set it to 1 or 3/);
        assert.match(output, /member-names[^]*a member's name has 1 to 48 characters/);
    });

    it("lets pass what keeps to the rules, with a name of 48 characters [KAR-06]", async () => {
        const { code, output } = await judge(
            "preview",
            `etcd(3); member("a", "${"m".repeat(48)}"); export const kubeconfigOfParent = kubeconfig;`,
            inDev,
        );
        assert.equal(code, 0, output);
    });

    it("judges the whole program while its cluster is still to be made [KAR-06] [KAR-12]", async () => {
        const { code, output } = await judge(
            "preview",
            'member("a", "same"); member("b", "same"); export const kubeconfigInClear = "…";',
        );
        assert.notEqual(code, 0);
        assert.match(output, /member-names-unique[^]*metadata\.name is "same", as of "a"/);
        assert.match(output, /kubeconfigs-secret[^]*the output "kubeconfigInClear" is not secret/);
    });

    it("refuses a number of members that is not known in time [KAR-01]", async () => {
        const members = "key.privateKeyPem.apply((pem) => pem.length)";
        const { code, output } = await judge("preview", `etcd(${members});`);
        assert.notEqual(code, 0);
        assert.match(output, /spec\.replicas is not known before the update/);
    });

    it("takes what is exempted for what its reason says, until its day [KAR-01]", async () => {
        const exemptions = [
            { resource: "etcd", reason: "It is thrown away tomorrow.", until: "2999-12-31" },
        ];
        const { code, output } = await judge("preview", "etcd(2);", {
            ...inDev,
            "etcd-members-odd": { enforcementLevel: "mandatory", exemptions },
        });
        assert.equal(code, 0, output);
        assert.match(output, /Exempted until 2999-12-31 \(It is thrown away tomorrow\.\): spec/);
    });

    it("is no less when it comes from the npm package, far from this checkout [KAR-01]", async () => {
        const published = path.join(project, "node_modules", "pulumi-karmada-eks", "policies");
        await writePublishedPack(published);
        const { code, output } = await judge("preview", "etcd(2);", undefined, published);
        assert.notEqual(code, 0);
        assert.match(output, /etcd-members-odd[^]*spec\.replicas is 2[^]*set it to 1 or 3/);
    });

    it("refuses a configuration before the program runs, for all that is wrong with it", async () => {
        const program = 'console.log("the program runs"); etcd(3);';
        const wrong = await judge("preview", program, {
            "etcd-odd": "mandatory",
            "etcd-members-odd": {
                exemptions: [
                    { resource: "etcd", reason: "It was in a hurry.", until: "2020-01-01" },
                ],
            },
        });
        assert.notEqual(wrong.code, 0);
        assert.match(wrong.output, /"etcd-odd" is no rule/);
        assert.match(wrong.output, /exemptions\[0\] \(etcd\)\.until was 2020-01-01/);
        assert.doesNotMatch(wrong.output, /the program runs/);
        const mistyped = await judge("preview", program, {
            "etcd-members-odd": { minimum: 30, exemptions: [{ resource: "etcd" }] },
            "resources-tagged": { tags: "owner" },
        });
        assert.notEqual(mistyped.code, 0);
        for (const problem of [
            /minimum: Must be less/,
            /reason is required/,
            /until is required/,
            /resources-tagged[^]*tags: Invalid type/,
        ]) {
            assert.match(mistyped.output, problem);
        }
        assert.doesNotMatch(mistyped.output, /the program runs/);
        const level = await judge("preview", program, { "etcd-members-odd": "mandatry" });
        assert.notEqual(level.code, 0);
        assert.match(level.output, /mandatry/);
        assert.doesNotMatch(level.output, /the program runs/);
    });

    it("stops an update before what breaks a rule is made [KAR-01]", async () => {
        const { code, output } = await judge("up", "etcd(2);");
        assert.notEqual(code, 0);
        assert.match(output, /etcd-members-odd[^]*spec\.replicas is 2/);
        assert.ok(!created().includes("kubernetes:apps/v1:StatefulSet"));
    });
});
