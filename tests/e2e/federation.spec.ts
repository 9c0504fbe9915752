import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import {
    federationBinaries,
    federationMembers,
    inspectFederation,
    layoutOf,
    startFederation,
    stopFederation,
    type FederationOptions,
    type MemberSpec,
} from "../../local/federation";
import type { Ports } from "../../local/federation/ports";
import { KubeClient, type KubeObject } from "../../local/kube";
import { identityOf } from "../../local/support/processIdentity";
import { silent } from "../../local/support/progress";
import { progressOn } from "../../local/support/terminal";
import { ensureAssets, ensureBinaries } from "../../local/toolchain";
import { eventually } from "../support/eventually";
import { listeningAddresses, loopback } from "../support/listening";

const one: MemberSpec = { name: "one", region: "eu-central-1", zones: ["a", "b"], nodes: 2 };
const two: MemberSpec = { name: "two", region: "us-east-1", zones: ["c"], nodes: 1 };

describe("federation of processes", function () {
    this.timeout(180_000);
    const folder = mkdtempSync(path.join(os.tmpdir(), "federation-"));
    const [stateDir, otherStateDir] = [path.join(folder, "state"), path.join(folder, "other")];
    const layout = layoutOf(stateDir);
    let options: FederationOptions;

    before(async function () {
        this.timeout(60 * 60_000);
        const progress = progressOn(process.stderr);
        options = {
            stateDir,
            members: [one],
            binaries: await ensureBinaries(federationBinaries, progress),
            assets: await ensureAssets(progress),
            progress: silent,
        };
        await startFederation(options);
    });

    after(async () => {
        for (const directory of [stateDir, otherStateDir].filter(existsSync)) {
            await stopFederation(directory, { purge: true, progress: silent });
        }
        rmSync(folder, { recursive: true, force: true });
    });

    const running = async (directory = stateDir) => {
        const reports = await inspectFederation(directory);
        return new Map(
            reports.flatMap(({ name, pid }) => (pid === undefined ? [] : [[name, pid]])),
        );
    };
    const clientOf = (cluster: string, directory = stateDir) =>
        KubeClient.fromKubeconfig(readFileSync(layoutOf(directory).kubeconfig(cluster), "utf8"));
    const logOf = (name: string) => readFileSync(layout.log(name), "utf8");

    it("is up when started: Karmada serves clusters, the member has its nodes", async () => {
        const reports = await inspectFederation(stateDir);
        assert.deepEqual(
            reports.filter(({ state }) => state !== "running"),
            [],
        );
        const karmada = clientOf("karmada");
        assert.deepEqual(await karmada.list("cluster.karmada.io/v1alpha1", "Cluster"), []);
        const member = clientOf("one");
        await eventually("its nodes", async () => {
            const nodes = await member.list("v1", "Node");
            return nodes.length === 2 && nodes.every((node) => isReady(node));
        });
    });

    it("refuses through its webhook what Karmada refuses", async () => {
        const policy = (placement: object) => ({
            apiVersion: "policy.karmada.io/v1alpha1",
            kind: "PropagationPolicy",
            metadata: { name: "policy", namespace: "default" },
            spec: {
                resourceSelectors: [{ apiVersion: "apps/v1", kind: "Deployment" }],
                placement,
            },
        });
        const karmada = clientOf("karmada");
        await assert.rejects(
            karmada.create(policy({ spreadConstraints: [{ minGroups: 3, maxGroups: 2 }] })),
            /propagationpolicy\.karmada\.io.*denied/,
        );
        const created = await karmada.create(policy({}));
        const { conflictResolution } = created["spec"] as { conflictResolution?: string };
        assert.equal(conflictResolution, "Abort", "the mutating webhook or default has acted");
    });

    it("keeps every file from other users", () => {
        assert.equal(statSync(stateDir).mode & 0o777, 0o700);
        for (const secret of [layout.pki, path.dirname(layout.kubeconfig("one"))]) {
            for (const entry of readdirSync(secret, { recursive: true, encoding: "utf8" })) {
                const { mode } = statSync(path.join(secret, entry));
                assert.equal(mode & 0o077, 0, `${entry} has mode ${(mode & 0o777).toString(8)}`);
            }
        }
    });

    it("listens on loopback only", async function () {
        if (process.platform !== "linux") this.skip();
        const found = [...(await running())].map(
            ([name, pid]) => [name, listeningAddresses(pid)] as const,
        );
        const wider = found.filter(([, addresses]) =>
            addresses.some((address) => !address.startsWith(`${loopback}:`)),
        );
        assert.deepEqual(wider, []);
        assert.ok(found.every(([, addresses]) => addresses.length > 0));
    });

    it("keeps every process when started again", async () => {
        const before = await running();
        await startFederation(options);
        assert.deepEqual(await running(), before);
    });

    it("starts just the one that died again, whichever it is", async () => {
        for (const [name, pid] of await running()) {
            const before = await running();
            process.kill(pid, "SIGKILL");
            await eventually("its end", async () => !(await running()).has(name));
            const report = (await inspectFederation(stateDir)).find((each) => each.name === name);
            assert.equal(report?.state, "dead");
            await startFederation(options);
            const after = await running();
            const changed = [...after.keys()].filter(
                (each) => after.get(each) !== before.get(each),
            );
            assert.deepEqual(changed, [name]);
        }
    });

    it("starts only the member that is added, and stops only the one that is dropped", async () => {
        const before = await running();
        await startFederation({ ...options, members: [one, two] });
        const with2 = await running();
        assert.deepEqual(federationMembers(stateDir), [one, two]);
        const added = [...with2.keys()].filter((name) => !before.has(name));
        assert.deepEqual(
            added.map((name) => name.split(".")[0]),
            ["two", "two", "two", "two"],
        );
        assert.deepEqual(new Map([...with2].filter(([name]) => before.has(name))), before);
        await startFederation(options);
        assert.deepEqual(await running(), before);
        assert.ok(!existsSync(layout.kubeconfig("two")));
    });

    it("changes a member's nodes to what is asked for", async () => {
        const member = clientOf("one");
        const names = async () =>
            (await member.list("v1", "Node")).map(({ metadata }) => metadata.name).sort();
        await startFederation({ ...options, members: [{ ...one, nodes: 3 }] });
        assert.deepEqual(await names(), ["one-1", "one-2", "one-3"]);
        await startFederation(options);
        assert.deepEqual(await names(), ["one-1", "one-2"]);
    });

    it("runs karmada-agent as the member's Deployment asks: follows it, ends with it", async () => {
        const member = clientOf("one");
        const agent = async () => (await running()).get("one.karmada-agent");
        const cluster = () =>
            clientOf("karmada").get({
                apiVersion: "cluster.karmada.io/v1alpha1",
                kind: "Cluster",
                name: "pulled",
            });
        const identity = readFileSync(layout.kubeconfig("karmada"), "utf8");
        const [namespace, secret, deployment] = agentObjects(identity);
        for (const object of [namespace, secret, deployment]) {
            await member.create(object);
        }
        await eventually("the member's being Ready in Karmada", async () =>
            isReady(await cluster()),
        );
        const first = await agent();

        const killHost = async () => {
            process.kill((await running()).get("karmada.agent-host") ?? 0, "SIGKILL");
            await eventually("its end", async () => !(await running()).has("karmada.agent-host"));
        };
        await killHost();
        await startFederation(options);
        assert.equal(await agent(), first, "another host takes the agent over");

        process.kill(first ?? 0, "SIGKILL");
        await eventually("another agent after a crash", async () => {
            const pid = await agent();
            return pid !== undefined && pid !== first;
        });

        const ref = {
            apiVersion: "apps/v1",
            kind: "Deployment",
            namespace: "karmada-system",
            name: "karmada-agent",
        };
        const second = await agent();
        await member.patch(
            ref,
            [{ op: "add", path: "/spec/template/spec/containers/0/args/-", value: "--v=1" }],
            "json",
        );
        await eventually("another agent after a change of flags", async () => {
            const pid = await agent();
            return pid !== undefined && pid !== second;
        });
        await member.patch(ref, { spec: { replicas: 0 } }, "merge");
        await eventually("no agent", async () => (await agent()) === undefined);
        await member.patch(ref, { spec: { replicas: 1 } }, "merge");
        await eventually("an agent", async () => (await agent()) !== undefined);
        assert.ok(readdirSync(layout.agent("one")).length > 0);
        await member.remove(ref);
        await eventually("no agent", async () => (await agent()) === undefined);
        await eventually("no credentials", async () => !existsSync(layout.agent("one")));

        await member.create(deployment);
        await eventually("an agent", async () => (await agent()) !== undefined);
        await killHost();
        await member.remove(ref);
        await startFederation(options);
        await eventually("no agent, though none saw it go", async () => !(await agent()));
        assert.ok(!logOf("karmada.agent-host").includes("PRIVATE KEY"));
    });

    it("is started once when two commands start it at once", async () => {
        await stopFederation(stateDir, { purge: false, progress: silent });
        const starts = [startInBackground(options), startInBackground(options)];
        const ends = await Promise.all(starts.map((child) => once(child, "exit")));
        assert.deepEqual(
            ends.map(([code]) => code as number),
            [0, 0],
        );
        const before = await running();
        await startFederation(options);
        assert.deepEqual(await running(), before);
    });

    it("stops without leaving a process or a listener, and its data are there after a start", async () => {
        const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "kept" } };
        await clientOf("karmada").create(namespace);
        const pids = [...(await running()).values()];
        await stopFederation(stateDir, { purge: false, progress: silent });
        assert.deepEqual(pids.filter(isThere), []);
        const reports = await inspectFederation(stateDir);
        assert.ok(reports.length > 0 && reports.every(({ state }) => state === "stopped"));
        const ports = Object.values(JSON.parse(readFileSync(layout.ports, "utf8")) as Ports);
        for (const port of ports) {
            const server = createServer().listen(port, "127.0.0.1");
            await once(server, "listening");
            server.close();
        }
        await stopFederation(stateDir, { purge: false, progress: silent });
        await startFederation(options);
        assert.ok(await clientOf("karmada").get({ ...namespace, name: "kept" }));
    });

    it("names the port that another program took meanwhile, and starts nothing", async () => {
        await stopFederation(stateDir, { purge: false, progress: silent });
        const ports = JSON.parse(readFileSync(layout.ports, "utf8")) as Ports;
        const port = ports["karmada.webhook"] ?? 0;
        const stranger = createServer().listen(port, "127.0.0.1");
        await once(stranger, "listening");
        await assert.rejects(
            startFederation(options),
            new RegExp(`port ${port} of karmada.webhook`),
        );
        assert.equal((await running()).size, 0);
        stranger.close();
    });

    it("continues from a start that was interrupted", async () => {
        const child = startInBackground(options);
        const died = once(child, "exit");
        await eventually("half of it", async () => (await running()).has("one.kube-apiserver"));
        child.kill("SIGINT");
        await died;
        const half = await running();
        assert.ok(!half.has("karmada.scheduler"));
        await startFederation(options);
        const whole = await running();
        assert.ok(whole.has("karmada.scheduler"));
        assert.deepEqual(new Map([...whole].filter(([name]) => half.has(name))), half);
    });

    it("runs beside another one, and leaves it alone when it goes with all its data", async () => {
        await startFederation({ ...options, stateDir: otherStateDir });
        const [mine, others] = [await running(), await running(otherStateDir)];
        assert.equal(mine.size, others.size);
        const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "mine" } };
        await clientOf("one").create(namespace);
        const elsewhere = await clientOf("one", otherStateDir).get({ ...namespace, name: "mine" });
        assert.equal(elsewhere, undefined);

        await stopFederation(stateDir, { purge: true, progress: silent });
        assert.ok(!existsSync(stateDir));
        assert.deepEqual([...mine.values()].filter(isThere), []);
        assert.deepEqual(await running(otherStateDir), others);
        assert.deepEqual(await inspectFederation(stateDir), []);
        await stopFederation(stateDir, { purge: true, progress: silent });
    });

    const startInBackground = (given: FederationOptions) => {
        const program = `
            require("ts-node").register({ transpileOnly: true });
            const { startFederation } = require(${JSON.stringify(path.resolve(__dirname, "../../local/federation"))});
            const { silent } = require(${JSON.stringify(path.resolve(__dirname, "../../local/support/progress"))});
            startFederation({ ...${JSON.stringify(given)}, progress: silent }).then(() => process.exit());
        `;
        return spawn(process.execPath, ["-e", program], { stdio: "inherit" });
    };
});

function isReady(object: KubeObject | undefined): boolean {
    const status = object?.["status"] as
        { conditions?: { type: string; status: string }[] } | undefined;
    return (
        status?.conditions?.some((each) => each.type === "Ready" && each.status === "True") ?? false
    );
}

const isThere = (pid: number) => identityOf(pid) !== undefined;

const agentObjects = (karmadaKubeconfig: string): [KubeObject, KubeObject, KubeObject] => {
    const namespace = "karmada-system";
    const labels = { app: "karmada-agent" };
    return [
        { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
        {
            apiVersion: "v1",
            kind: "Secret",
            metadata: { namespace, name: "karmada-kubeconfig" },
            stringData: { "karmada-kubeconfig": karmadaKubeconfig },
        },
        {
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata: { namespace, name: "karmada-agent" },
            spec: {
                replicas: 1,
                selector: { matchLabels: labels },
                template: {
                    metadata: { labels },
                    spec: {
                        containers: [
                            {
                                name: "karmada-agent",
                                image: "docker.io/karmada/karmada-agent:v1.18.1",
                                command: ["/bin/karmada-agent"],
                                args: [
                                    "--karmada-kubeconfig=/etc/kubeconfig/karmada-kubeconfig",
                                    "--cluster-name=pulled",
                                    "--cluster-api-endpoint=https://10.0.0.1:6443",
                                    "--cluster-status-update-frequency=10s",
                                    "--metrics-bind-address=:8080",
                                    "--health-probe-bind-address=0.0.0.0:10357",
                                ],
                                volumeMounts: [{ name: "identity", mountPath: "/etc/kubeconfig" }],
                            },
                        ],
                        volumes: [
                            { name: "identity", secret: { secretName: "karmada-kubeconfig" } },
                        ],
                    },
                },
            },
        },
    ];
};
