import * as assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";
import { etcdPod } from "../../components/controlPlane/etcd/etcdPod";
import { priorityClass } from "../../components/controlPlane/renderPart";
import type { KubeObject } from "../../local/kube";
import { writePrivate } from "../../local/federation/files";
import { silent } from "../../local/support/progress";
import { ensureBinaries } from "../../local/toolchain";
import { type ApiServer, apiServerBinaries, startApiServer } from "../support/apiServer";
import { eventually } from "../support/eventually";
import { temporaryFolder } from "../support/temporary";

const zoneLabel = "topology.kubernetes.io/zone";
const zones = ["a", "b", "c"];
const namespace = "default";

/** A real scheduler, with nodes and pods that are objects only: where they would run is all that counts. */
describe("members of etcd over three zones [KAR-4]", function () {
    this.timeout(120_000);
    const folder = temporaryFolder();
    let api: ApiServer;
    let scheduler: ChildProcess | undefined;

    before("start an API server and a scheduler", async function () {
        this.timeout(60 * 60_000);
        const binaries = await ensureBinaries([...apiServerBinaries, "kube-scheduler"], silent);
        api = await startApiServer(binaries);
        const kubeconfig = path.join(folder, "kubeconfig");
        writePrivate(kubeconfig, api.kubeconfig);
        const flags = ["--bind-address=127.0.0.1", "--secure-port=0", "--leader-elect=false"];
        scheduler = spawn(binaries["kube-scheduler"], [`--kubeconfig=${kubeconfig}`, ...flags], {
            stdio: "ignore",
        });
    });

    after(async () => {
        scheduler?.kill("SIGKILL");
        await api?.stop();
    });

    const addNode = async (name: string, zone: string) => {
        const labels = { [zoneLabel]: zone, "kubernetes.io/hostname": name };
        const node = { apiVersion: "v1", kind: "Node", name };
        await api.client.create({ ...node, metadata: { name, labels } });
        // Nobody says that it is ready, which would take the taint of a new node away.
        await api.client.patch(node, { spec: { taints: null } }, "merge");
        const room = { cpu: "4", memory: "16Gi", pods: "20" };
        const status = { capacity: room, allocatable: room };
        await api.client.patch(node, { status }, "merge", { subresource: "status" });
    };

    const memberPod = (name: string, members: number, nodeSelector?: object): KubeObject => {
        const { affinity, topologySpreadConstraints } = etcdPod({
            namespace,
            members,
            image: "etcd",
            priorityClassName: priorityClass,
            storageClassName: "any",
            storageSize: "10Gi",
            quota: "2Gi",
        });
        return {
            apiVersion: "v1",
            kind: "Pod",
            metadata: { name, namespace, labels: { app: "etcd" } },
            spec: {
                containers: [{ name: "etcd", image: "etcd" }],
                affinity,
                topologySpreadConstraints,
                nodeSelector,
            },
        };
    };

    /** Zone of every member that has a node. */
    async function placed(): Promise<Map<string, string>> {
        const pods = await api.client.list("v1", "Pod", { namespace });
        return new Map(
            pods.flatMap(({ metadata, spec }) => {
                const { nodeName } = spec as { nodeName?: string };
                return nodeName ? [[metadata.name!, nodeName.split("-")[0]!] as const] : [];
            }),
        );
    }

    const gone = (kind: "Pod" | "Node", name: string) =>
        api.client.remove(
            { apiVersion: "v1", kind, name, namespace },
            { gracePeriodSeconds: 0, propagationPolicy: "Background" },
        );

    for (const { members, spread } of [
        { members: 3, spread: [1, 1, 1] },
        { members: 5, spread: [1, 2, 2] },
        { members: 7, spread: [2, 2, 3] },
    ]) {
        it(`has ${members} of them spread ${spread.join(" / ")}, and start again while a zone is lost`, async () => {
            const nodes = zones.flatMap((zone) => [1, 2, 3].map((each) => `${zone}-${each}`));
            await Promise.all(nodes.map((node) => addNode(node, node[0]!)));
            const names = Array.from({ length: members }, (_, at) => `etcd-${at}`);
            await Promise.all(names.map((name) => api.client.create(memberPod(name, members))));
            await eventually("all have a node", async () => (await placed()).size === members);
            const before = await placed();
            const inZone = (zone: string) => names.filter((name) => before.get(name) === zone);
            const counts = zones.map((zone) => inZone(zone).length);
            assert.deepEqual([...counts].sort(), spread);

            const [fullest, , emptiest] = [...zones].sort(
                (one, other) => inZone(other).length - inZone(one).length,
            );
            for (const name of inZone(emptiest!)) await gone("Pod", name);
            for (const node of nodes.filter((each) => each[0] === emptiest))
                await gone("Node", node);
            // Its volume is where it was.
            const [member] = inZone(fullest!);
            await gone("Pod", member!);
            await api.client.create(memberPod(member!, members, { [zoneLabel]: fullest }));
            await eventually("it has a node again", async () => (await placed()).has(member!));

            for (const name of names) await gone("Pod", name);
            for (const node of nodes) await gone("Node", node);
            await eventually("nothing is left", async () => (await placed()).size === 0);
        });
    }
});
