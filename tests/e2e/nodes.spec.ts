import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import * as http from "node:http";
import * as path from "node:path";
import type { KubeClient, KubeObject } from "../../local/kube";
import { projectRoot } from "../../local/support/root";
import { progressOn } from "../../local/support/terminal";
import { eventually } from "../support/eventually";
import { machineTraces, tracesSince } from "../support/machineTraces";
import { temporaryFolder } from "../support/temporary";
import { NodesCluster, shellImage } from "./nodes";
import { storageClassName } from "./nodes/addons";

const namespace = "nodes-test";
const readyWithinMs = 120_000;

/** What the namespace's Pod Security demands. */
const restricted = {
    pod: {
        runAsNonRoot: true,
        runAsUser: 65532,
        runAsGroup: 65532,
        fsGroup: 65532,
        seccompProfile: { type: "RuntimeDefault" },
    },
    container: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
    },
};

/** A pod's specification that runs a line of shell. */
const shell = (script: string, more: Record<string, unknown> = {}, mounts: unknown[] = []) => ({
    securityContext: restricted.pod,
    terminationGracePeriodSeconds: 1,
    containers: [
        {
            name: "shell",
            image: shellImage,
            command: ["sh", "-c", script],
            securityContext: restricted.container,
            volumeMounts: mounts,
        },
    ],
    ...more,
});

const object = (apiVersion: string, kind: string, name: string, rest: object): KubeObject => ({
    apiVersion,
    kind,
    metadata: { name, namespace },
    ...rest,
});

describe("three nodes on one machine", function () {
    this.timeout(240_000);
    const folder = temporaryFolder();
    const progress = progressOn(process.stdout);
    let untouched: ReturnType<typeof machineTraces>;
    let cluster: NodesCluster;
    let client: KubeClient;

    const create = (...objects: KubeObject[]) =>
        Promise.all(objects.map((each) => client.create(each)));

    /** Names of the nodes that the web server's pods are on. */
    const placesOfWeb = async () => {
        const pods = await client.list("v1", "Pod", { namespace, labelSelector: "app=web" });
        return pods.map((pod) => (pod["spec"] as { nodeName: string }).nodeName);
    };

    const logs = (pod: string) => cluster.kubectl(`--namespace=${namespace}`, "logs", pod);

    /** Runs a line of shell in a pod to its end; answers what it printed. */
    const runPod = async (name: string, script: string, ...more: [object?, unknown[]?]) => {
        const spec = shell(script, { restartPolicy: "Never", ...more[0] }, more[1]);
        await create(object("v1", "Pod", name, { spec }));
        await eventually(`pod ${name} has ended`, async () => {
            const pod = await client.get({ apiVersion: "v1", kind: "Pod", name, namespace });
            const { phase } = pod!["status"] as { phase: string };
            if (phase !== "Failed") return phase === "Succeeded";
            throw new Error(`pod ${name} failed:\n${await logs(name)}`);
        });
        return logs(name);
    };

    before(async () => {
        untouched = machineTraces(folder);
        await interruptedStart(path.join(folder, "interrupted"));
        const began = Date.now();
        cluster = await NodesCluster.start({ stateDir: path.join(folder, "nodes"), progress });
        const took = Date.now() - began;
        console.log(`    three nodes were Ready after ${(took / 1000).toFixed(1)} s`);
        assert.ok(took < readyWithinMs);
        client = cluster.client();
        await client.create({
            apiVersion: "v1",
            kind: "Namespace",
            metadata: {
                name: namespace,
                labels: { "pod-security.kubernetes.io/enforce": "restricted" },
            },
        });
        await eventually("the namespace has its service account", async () => {
            const account = {
                apiVersion: "v1",
                kind: "ServiceAccount",
                name: "default",
                namespace,
            };
            return (await client.get(account)) !== undefined;
        });
    });

    after(async () => {
        await client?.close();
        await cluster?.stop();
    });

    it("removes what an interrupted start has left", () => {
        assert.ok(!existsSync(path.join(folder, "interrupted")));
    });

    it("has a node in each of three zones", async () => {
        const nodes = await client.list("v1", "Node");
        assert.deepEqual(
            nodes.map(({ metadata }) => metadata.labels?.["topology.kubernetes.io/zone"]).sort(),
            ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
        );
    });

    it("spreads pods over the nodes and serves them by name, by node port and on every node", async () => {
        const labels = { app: "web" };
        const spread = {
            maxSkew: 1,
            topologyKey: "kubernetes.io/hostname",
            whenUnsatisfiable: "DoNotSchedule",
            labelSelector: { matchLabels: labels },
        };
        const script = "hostname > /www/index.html && exec httpd -f -p 8080 -h /www";
        const spec = shell(
            script,
            { topologySpreadConstraints: [spread], volumes: [{ name: "www", emptyDir: {} }] },
            [{ name: "www", mountPath: "/www" }],
        );
        const ports = [{ port: 80, targetPort: 8080, nodePort: 32080 }];
        await create(
            object("apps/v1", "Deployment", "web", {
                spec: {
                    replicas: 6,
                    selector: { matchLabels: labels },
                    template: { metadata: { labels }, spec },
                },
            }),
            object("v1", "Service", "web", { spec: { type: "NodePort", selector: labels, ports } }),
        );
        await cluster.kubectl(`--namespace=${namespace}`, "rollout", "status", "deployment/web");
        const places = await placesOfWeb();
        for (const { name } of cluster.nodes) {
            assert.equal(places.filter((place) => place === name).length, 2, name);
        }
        const addresses = cluster.nodes.map(({ address }) => address);
        for (const address of [...addresses, cluster.nodePortAddress]) {
            await eventually(`node port of ${address}`, async () => {
                assert.match(await get(`http://${address}:32080/`), /^web-/);
            });
        }
        assert.match(
            await runPod("by-name", `wget -qO- http://web.${namespace}.svc.cluster.local/`),
            /^web-/,
        );
    });

    it("runs a restricted pod as nobody's user, its root read-only, and refuses any other", async () => {
        const printed = await runPod("restricted", "id -u; touch /file 2>&1; true");
        assert.match(printed, /^65532\n.*Read-only file system/);
        const spec = { containers: [{ name: "shell", image: shellImage }] };
        await assert.rejects(create(object("v1", "Pod", "unrestricted", { spec })), /PodSecurity/);
    });

    it("keeps a volume's data when its pod goes", async () => {
        const claim = object("v1", "PersistentVolumeClaim", "data", {
            spec: {
                accessModes: ["ReadWriteOnce"],
                storageClassName,
                resources: { requests: { storage: "1Gi" } },
            },
        });
        await create(claim);
        const volumes = [{ name: "data", persistentVolumeClaim: { claimName: "data" } }];
        const mounts = [{ name: "data", mountPath: "/data" }];
        await runPod("writer", "echo kept > /data/file", { volumes }, mounts);
        await client.remove({ apiVersion: "v1", kind: "Pod", name: "writer", namespace });
        assert.equal(await runPod("reader", "cat /data/file", { volumes }, mounts), "kept\n");
    });

    it("notices the silent loss of a node, and its return", async () => {
        const name = "node-2";
        const ready = async () => {
            const node = await client.get({ apiVersion: "v1", kind: "Node", name });
            const { conditions } = node!["status"] as {
                conditions: { type: string; status: string }[];
            };
            return conditions.find(({ type }) => type === "Ready")!.status === "True";
        };
        await cluster.killNode(name);
        await eventually("the node is no longer Ready", async () => !(await ready()), 90_000);
        assert.match(await get(`http://${cluster.nodePortAddress}:32080/`, 20), /^web-/);
        await cluster.reviveNode(name);
        assert.ok(await ready());
        await cluster.kubectl(`--namespace=${namespace}`, "rollout", "status", "deployment/web");
    });

    it("evicts the pods of a node that is drained", async () => {
        await cluster.drain("node-3");
        const places = await placesOfWeb();
        assert.ok(!places.includes("node-3"), places.join());
        await cluster.uncordon("node-3");
    });

    it("leaves nothing when it stops", async () => {
        await client.close();
        await cluster.stop();
        assert.deepEqual(tracesSince(untouched, folder), []);
        assert.ok(!existsSync(path.join(folder, "nodes")));
    });

    /** Starts a cluster in a process that is killed half-way. */
    async function interruptedStart(stateDir: string): Promise<void> {
        const options = `{ stateDir: ${JSON.stringify(stateDir)}, progress: silent }`;
        const program = `
            const { NodesCluster } = require("./tests/e2e/nodes");
            const { silent } = require("./local/support/progress");
            void NodesCluster.start(${options});`;
        const child = spawn(
            process.execPath,
            ["-r", "ts-node/register/transpile-only", "-e", program],
            { cwd: projectRoot, stdio: "inherit" },
        );
        const begun = path.join(stateDir, "nodes/node-2/kubelet");
        await eventually("an interrupted start has begun", async () => existsSync(begun), 120_000);
        const ended = once(child, "exit");
        child.kill("SIGKILL");
        await ended;
    }
});

/** The answer of a server; of one that does not answer at once, the first of several tries. */
async function get(url: string, tries = 1): Promise<string> {
    for (let left = tries; ; left--) {
        try {
            return await new Promise((resolve, reject) => {
                const request = http.get(url, { agent: false, timeout: 2_000 }, (response) => {
                    let body = "";
                    response.setEncoding("utf8").on("data", (text: string) => (body += text));
                    response.once("end", () => resolve(body));
                });
                request.once("timeout", () => request.destroy(new Error(`${url}: no answer`)));
                request.once("error", reject);
            });
        } catch (error) {
            if (left <= 1) throw error;
        }
    }
}
