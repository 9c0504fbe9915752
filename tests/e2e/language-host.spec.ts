import * as assert from "node:assert/strict";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { engineLayout } from "../../local/engine/layout";
import { installPlugins, writeLauncher } from "../../local/engine/plugins";
import { bundle } from "../../local/support/bundle";
import { silent } from "../../local/support/progress";
import { projectRoot } from "../../local/support/root";
import { installedVersion } from "../../local/support/sdk";
import { ensureBinaries } from "../../local/toolchain";
import { eventually } from "../support/eventually";
import { temporaryFolder } from "../support/temporary";

const heads = `
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
`;
const chain = `
const key = new tls.PrivateKey("key", { algorithm: "ED25519" });
const names = { dnsNames: ["localhost"] };
const request = new tls.CertRequest("request", { privateKeyPem: key.privateKeyPem, ...names });
export const certRequest = request.certRequestPem;
export const secretKey = key.privateKeyPem;
`;
const endless = `${heads} console.log("under way"); setInterval(() => {}, 1000);`;

interface Run {
    readonly code: number | null;
    readonly output: string;
}

describe("the real engine with this project's language host", function () {
    this.timeout(120_000);
    const folder = temporaryFolder();
    const project = path.join(folder, "project");
    const layout = engineLayout(path.join(folder, "state"));
    let pulumi: string;

    const at = (...names: string[]) => path.join(folder, ...names);
    const writeFolder = (name: string, files: Record<string, string>) => {
        mkdirSync(at(name), { recursive: true });
        for (const [file, content] of Object.entries(files)) {
            writeFileSync(at(name, file), content);
        }
        rmSync(at(name, "node_modules"), { force: true });
        symlinkSync(path.join(projectRoot, "node_modules"), at(name, "node_modules"));
    };
    const environment = () => ({
        ...process.env,
        PULUMI_HOME: layout.home,
        PULUMI_BACKEND_URL: `file://${layout.backend}`,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_STACK: "e2e",
        PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_SKIP_UPDATE_CHECK: "true",
    });
    const start = (args: readonly string[]): { cli: ChildProcess; ended: Promise<Run> } => {
        const cli = spawn(pulumi, args, {
            cwd: project,
            env: environment(),
            stdio: ["ignore", "pipe", "pipe"],
        });
        let output = "";
        const collect = (chunk: Buffer) => void (output += chunk.toString());
        cli.stdout.on("data", collect);
        cli.stderr.on("data", collect);
        return { cli, ended: once(cli, "close").then(([code]) => ({ code, output })) };
    };
    const run = (...args: string[]) => start(args).ended;
    const program = (source: string) => writeFileSync(path.join(project, "index.ts"), source);
    /** Every process that has something to do with this test. */
    const processes = () =>
        execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" })
            .split("\n")
            .filter((line) => line.includes(folder));

    before(async function () {
        this.timeout(0);
        ({ pulumi } = await ensureBinaries(["pulumi"], silent));
        mkdirSync(layout.backend, { recursive: true });
        await installPlugins(layout, at("no-official-plugins"));
        writeFolder("project", {
            "Pulumi.yaml": "name: tiny\nruntime: nodejs\n",
            "package.json": '{ "name": "tiny", "main": "index.ts" }',
        });
        const created = await run("stack", "init", "e2e");
        assert.equal(created.code, 0, created.output);
        assert.equal((await run("config", "set", "colour", "blue")).code, 0);
    });
    afterEach(() => eventually("their end", async () => assert.deepEqual(processes(), []), 10_000));

    it("deploys a program, changes nothing the second time, and takes it down, without a warning", async () => {
        program(`${heads}${chain} console.log(new pulumi.Config().require("colour"));`);
        const up = await run("up", "--yes", "--skip-preview");
        assert.equal(up.code, 0, up.output);
        assert.match(up.output, /\+ 3 created/);
        assert.match(up.output, /^ {4}blue$/m);
        assert.match(up.output, /secretKey +: \[secret\]/);
        assert.doesNotMatch(up.output, /warning/i);
        const again = await run("up", "--yes", "--skip-preview");
        assert.match(again.output, /3 unchanged/);
        const state = readFileSync(layout.stackState("tiny", "e2e"), "utf8");
        assert.doesNotMatch(state, /PRIVATE KEY/);
        const down = await run("destroy", "--yes", "--skip-preview");
        assert.match(down.output, /- 3 deleted/);
    });

    it("tells the user's own errors alone, and unexpected ones with their place", async () => {
        program(`${heads} throw new pulumi.RunError("no such region");`);
        const told = await run("preview");
        assert.match(told.output, /error: no such region/);
        assert.doesNotMatch(told.output, /unhandled|exit code|index\.ts/);
        program(`${heads} throw new Error("oops");`);
        assert.match((await run("preview")).output, /unhandled exception[^]*oops[^]*index\.ts:/);
        program("process.exit(7);");
        assert.match((await run("preview")).output, /Program exited with non-zero exit code: 7/);
    });

    it("names the property that is wrong and does not print a secret that is", async () => {
        const key = `pulumi.secret("hunter2")`;
        program(`${heads} new tls.CertRequest("r", { privateKeyPem: ${key}, dnsNames: [""] });`);
        const { code, output } = await run("preview");
        assert.notEqual(code, 0);
        assert.match(output, /privateKeyPem: is not an unencrypted private key in PEM/);
        assert.match(output, /dnsNames\[0\]: "" is not a DNS name/);
        assert.doesNotMatch(output, /hunter2/);
    });

    const policies = `
        const settings = new pulumi.Config();
        new PolicyPack("tiny", { policies: [{
            name: "no-keys", description: "No keys.", enforcementLevel: "mandatory",
            validateResource: ({ type, name }, report) => {
                if (type.includes("PrivateKey")) {
                    report(name + " in " + pulumi.getStack() + " " + settings.get("colour"));
                }
            },
        }] });`;
    const packs = {
        "a policy pack": {
            options: "runtime: nodejs\n",
            file: "index.ts",
            heads: `import * as pulumi from "@pulumi/pulumi"; import { PolicyPack } from "@pulumi/policy";`,
        },
        "a compiled policy pack": {
            options: "runtime: { name: nodejs, options: { typescript: false } }\n",
            file: "index.js",
            heads: `const pulumi = require("@pulumi/pulumi"); const { PolicyPack } = require("@pulumi/policy");`,
        },
    };
    for (const [kind, { options, file, heads: headsOfPack }] of Object.entries(packs)) {
        const judgedBy = (source: string) => {
            writeFolder("pack", {
                "PulumiPolicy.yaml": options,
                "package.json": JSON.stringify({ name: "pack", version: "0.0.1", main: file }),
                [file]: source,
            });
            program(`${heads}${chain}`);
            return run("preview", "--policy-pack", at("pack"));
        };

        it(`runs ${kind} that knows which stack it judges and with which settings`, async () => {
            const { code, output } = await judgedBy(`${headsOfPack}${policies}`);
            assert.notEqual(code, 0);
            assert.match(output, /\[mandatory\] {2}no-keys[^]*key in e2e blue/);
        });

        it(`tells why ${kind} does not start`, async () => {
            const { code, output } = await judgedBy('throw new Error("this pack is broken");');
            assert.notEqual(code, 0);
            assert.match(output, /this pack is broken/);
            assert.match(output, /The policy pack ended/);
        });
    }

    it("runs a component provider from its sources", async () => {
        writeFolder("greeter", {
            "PulumiPlugin.yaml": "runtime: nodejs\n",
            "package.json": '{ "name": "greeter", "version": "0.0.1", "main": "index.ts" }',
            "index.ts": `
                import * as pulumi from "@pulumi/pulumi";
                type Options = pulumi.ComponentResourceOptions;
                const construct = async (name: string, type: string, inputs: pulumi.Inputs, options: Options) => {
                    const made = new pulumi.ComponentResource(type, name, {}, options);
                    const greeting = pulumi.interpolate\`hello \${inputs.who}\`;
                    return { urn: made.urn, state: { greeting } };
                };
                pulumi.provider.main({ version: "0.0.1", construct }, process.argv.slice(2));`,
        });
        const plain = readFileSync(path.join(project, "Pulumi.yaml"), "utf8");
        const greeter = "plugins:\n  providers:\n    - name: greeter\n      path: ../greeter\n";
        writeFileSync(path.join(project, "Pulumi.yaml"), plain + greeter);
        program(`${heads}
            class Greeting extends pulumi.ComponentResource {
                declare greeting: pulumi.Output<string>;
                constructor(name: string) {
                    super("greeter:index:Greeting", name, { who: "you", greeting: undefined }, {}, true);
                }
            }
            export const greeting = new Greeting("one").greeting;`);
        try {
            const { output } = await run("up", "--yes", "--skip-preview");
            assert.match(output, /greeting: "hello you"/);
            await run("destroy", "--yes", "--skip-preview");
        } finally {
            writeFileSync(path.join(project, "Pulumi.yaml"), plain);
        }
    });

    it("keeps a resource that did not become ready, and mends it the next time", async () => {
        const version = installedVersion("@pulumi/command");
        const plugin = path.join(layout.home, "plugins", `resource-command-v${version}`);
        mkdirSync(plugin, { recursive: true });
        const entry = path.join(projectRoot, "tests", "support", "unreadyProvider.ts");
        await bundle(entry, at("unready.js"));
        writeLauncher(path.join(plugin, "pulumi-resource-command"), at("unready.js"));
        program(`import * as command from "@pulumi/command";
            new command.local.Command("thing", { create: "true" });`);
        const failed = await run("up", "--yes", "--skip-preview");
        assert.match(failed.output, /no pod is ready/);
        const mended = await run("up", "--yes", "--skip-preview");
        assert.match(mended.output, /~ 1 updated/);
        assert.equal((await run("destroy", "--yes", "--skip-preview")).code, 0);
    });

    for (const [what, signal] of [
        ["the user interrupts it", "SIGINT"],
        ["it is killed", "SIGKILL"],
    ] as const) {
        it(`leaves no process behind when ${what} while the program runs`, async () => {
            program(endless);
            const { cli, ended } = start(["preview"]);
            await new Promise<void>((resolve) =>
                cli.stdout!.on("data", (chunk: Buffer) => {
                    if (chunk.toString().includes("under way")) resolve();
                }),
            );
            assert.ok(processes().some((line) => line.includes("--monitor")));
            cli.kill(signal);
            assert.notEqual((await ended).code, 0);
            await eventually("their end", async () => assert.deepEqual(processes(), []), 10_000);
        });
    }
});
