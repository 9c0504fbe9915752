import { readFileSync } from "node:fs";
import * as path from "node:path";
import { etcdName, type Cluster } from "../../../local/federation/cluster";
import { pkiFiles } from "../../../local/federation/pkiFiles";
import { keptPorts } from "../../../local/federation/ports";
import { bringUp } from "../../../local/federation/processes";
import { readRecord } from "../../../local/federation/records";
import {
    exclusively,
    isStateDirectory,
    openStateDirectory,
} from "../../../local/federation/stateDirectory";
import { layoutOf } from "../../../local/federation/layout";
import { stopProcesses } from "../../../local/federation/stopping";
import { KubeClient } from "../../../local/kube";
import type { Progress } from "../../../local/support/progress";
import { ensureBinaries, type Binaries } from "../../../local/toolchain";
import { eventually } from "../../support/eventually";
import { addons } from "./addons";
import { killGroup, makeGroup, preferGroup } from "./cgroups";
import { clusterName, controlPlanePorts, controlPlaneSpecs } from "./controlPlane";
import { archiveOf, systemImages, type Image } from "./images";
import { requireMachine, run } from "./machine";
import { connect, cutOff, gatewayAddress, hasNetwork, makeNetwork } from "./network";
import {
    containerdName,
    containerdSpec,
    inMountsOf,
    kubeletName,
    kubeletSpec,
    kubeProxySpec,
} from "./nodeProcesses";
import { nodeSites, proxyGroup, rootGroup, type NodeSite } from "./nodes";
import { claim, disclaim, isClaimedBy } from "./owner";
import { ensureNodesPki, type NodesPki } from "./pki";
import { removeNodes } from "./stop";
import { keepSysctls, keptSysctls } from "./sysctls";
import { renewVolumes } from "./volumes";

const programs = [
    etcdName,
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "kubelet",
    "kube-proxy",
    "coredns",
    "kubectl",
] as const;

export interface NodesOptions {
    readonly stateDir: string;
    readonly progress: Progress;
    /** Whether it goes on when this process has ended. */
    readonly stays?: boolean;
}

/** Three kubelets with a container runtime each, and a control plane, on this machine. */
export class NodesCluster {
    readonly nodes: readonly Pick<NodeSite, "name" | "zone" | "address">[];
    /** Where every node port answers, whichever node is lost. */
    readonly nodePortAddress = gatewayAddress;
    readonly kubeconfig: string;

    private constructor(
        private readonly cluster: Cluster,
        private readonly sites: readonly NodeSite[],
        private readonly pki: NodesPki,
        private readonly binaries: Binaries<(typeof programs)[number]>,
        private readonly progress: Progress,
    ) {
        this.nodes = sites;
        this.kubeconfig = cluster.kubeconfig;
    }

    /** Brings it up, or what is missing of it, and removes what a dead run has left. */
    static async start({ stateDir, progress, stays = false }: NodesOptions): Promise<NodesCluster> {
        requireMachine();
        const binaries = await ensureBinaries(programs, progress);
        const abandoned = claim(stateDir, stays);
        if (abandoned !== undefined) await removeNodes(abandoned);
        const layout = openStateDirectory(stateDir);
        return exclusively(layout, progress, async () => {
            const cluster: Cluster = {
                name: clusterName,
                layout,
                ports: await keptPorts(layout.ports, controlPlanePorts),
                pki: pkiFiles(layout.pki),
                kubeconfig: layout.kubeconfig(clusterName),
            };
            const sites = nodeSites(layout.root);
            const pki = ensureNodesPki(cluster, sites);
            const made = new NodesCluster(cluster, sites, pki, binaries, progress);
            await made.bringUp();
            return made;
        });
    }

    /** Ends it and leaves nothing. */
    static async remove(stateDir: string, progress: Progress): Promise<void> {
        // Whoever removes its state by hand leaves it running.
        if (!isStateDirectory(layoutOf(stateDir)) && !isClaimedBy(stateDir)) return;
        const layout = openStateDirectory(stateDir);
        await exclusively(layout, progress, () =>
            progress.step("stop the nodes", () => removeNodes(stateDir)),
        );
        disclaim();
    }

    stop(): Promise<void> {
        return NodesCluster.remove(this.cluster.layout.root, this.progress);
    }

    client(): KubeClient {
        return KubeClient.fromKubeconfig(readFileSync(this.kubeconfig, "utf8"));
    }

    /** Puts images into the store of every node. */
    async importImages(images: readonly Image[]): Promise<void> {
        const archives = images.map(archiveOf);
        await Promise.all(this.sites.map((site) => this.importInto(site, archives)));
    }

    /** The node is lost at once and says nothing: first its network, then all that ran on it. */
    async killNode(name: string): Promise<void> {
        const site = this.site(name);
        await cutOff(site);
        await killGroup(site.systemGroup);
        await killGroup(site.podGroup);
        // Their records, so that they are not taken for what has ended by itself.
        await stopProcesses(this.cluster.layout, [kubeletName(name), containerdName(name)]);
    }

    /** The node comes back, as after a restart of its machine. */
    async reviveNode(name: string): Promise<void> {
        await this.startNode(this.site(name));
        await this.nodesReady([name]);
    }

    /** Evicts the node's pods as disruption budgets allow, and lets no new ones in. */
    async drain(name: string): Promise<void> {
        const options = ["--ignore-daemonsets", "--delete-emptydir-data", "--timeout=300s"];
        await this.kubectl("drain", name, ...options);
    }

    async uncordon(name: string): Promise<void> {
        await this.kubectl("uncordon", name);
    }

    /** Nothing answers at the cluster's API while the work is done. */
    async withoutApi(work: () => Promise<unknown>): Promise<void> {
        const { layout } = this.cluster;
        const { apiServer } = controlPlaneSpecs(this.cluster, this.pki, this.binaries);
        await stopProcesses(layout, [apiServer.name]);
        await work().finally(() => bringUp(layout, apiServer));
    }

    kubectl(...args: string[]): Promise<string> {
        return run(this.binaries.kubectl, `--kubeconfig=${this.kubeconfig}`, ...args);
    }

    /** Empties every volume that is not in use. */
    async renewVolumes(): Promise<void> {
        await this.withClient((client) => renewVolumes(client, this.sites));
    }

    private async bringUp(): Promise<void> {
        const { layout } = this.cluster;
        keepSysctls(path.join(layout.root, keptSysctls));
        if (!hasNetwork()) await makeNetwork();
        makeGroup(proxyGroup);
        preferGroup(rootGroup);
        const { etcd, ...specs } = controlPlaneSpecs(this.cluster, this.pki, this.binaries);
        await this.progress.step("control plane of the nodes", async () => {
            await bringUp(layout, etcd);
            await bringUp(layout, specs.apiServer);
            await Promise.all([
                bringUp(layout, specs.controllerManager),
                bringUp(layout, specs.scheduler),
                this.withClient((client) =>
                    Promise.all(
                        addons.map((object) =>
                            client.apply(object, { fieldManager: "nodes", force: true }),
                        ),
                    ),
                ),
            ]);
        });
        await this.progress.step(`${this.sites.length} nodes`, async () => {
            await Promise.all([
                // It waits for its node, and goes on without when that takes long.
                bringUp(layout, kubeProxySpec(this.pki, this.binaries["kube-proxy"])),
                ...this.sites.map((site) => this.startNode(site)),
            ]);
            await this.nodesReady(this.sites.map(({ name }) => name));
        });
        await this.renewVolumes();
        await this.progress.step("name service of the nodes", () => this.dnsReady());
    }

    private async startNode(site: NodeSite): Promise<void> {
        const { layout, pki } = this.cluster;
        makeGroup(site.podGroup);
        makeGroup(site.systemGroup);
        await connect(site);
        await bringUp(layout, containerdSpec(site));
        // Kept on the node's disk, so that it is a matter of a moment when the node comes back.
        await this.importInto(site, systemImages(this.binaries.coredns).map(archiveOf));
        const own = this.pki.kubelets[site.name]!;
        const clientCa = pki.caCertificate;
        const pid = this.containerdPid(site);
        await bringUp(layout, kubeletSpec(site, pid, own, clientCa, this.binaries.kubelet));
    }

    private async importInto(site: NodeSite, archives: readonly string[]): Promise<void> {
        for (const archive of archives) {
            const ctr = ["ctr", "--namespace", "k8s.io", "images", "import", archive];
            const [program, ...args] = inMountsOf(this.containerdPid(site), ...ctr);
            await run(program!, ...args);
        }
    }

    private containerdPid({ name }: NodeSite): number {
        const record = readRecord(this.cluster.layout, containerdName(name));
        if (record === undefined) throw new Error(`${name} does not run`);
        return record.pid;
    }

    private nodesReady(names: readonly string[]): Promise<void> {
        return this.withClient((client) =>
            eventually(
                `nodes ${names.join(", ")} are Ready`,
                async () => {
                    const nodes = await client.list("v1", "Node");
                    const ready = nodes.filter((node) => {
                        const { conditions = [] } = node["status"] as {
                            conditions?: { type: string; status: string }[];
                        };
                        return conditions.some((c) => c.type === "Ready" && c.status === "True");
                    });
                    const readyNames = new Set(ready.map(({ metadata }) => metadata.name));
                    return names.every((name) => readyNames.has(name));
                },
                120_000,
            ),
        );
    }

    private async dnsReady(): Promise<void> {
        const args = ["rollout", "status", "deployment/coredns", "--timeout=120s"];
        await this.kubectl("--namespace=kube-system", ...args);
    }

    private async withClient<T>(work: (client: KubeClient) => Promise<T>): Promise<T> {
        const client = this.client();
        return work(client).finally(() => client.close());
    }

    private site(name: string): NodeSite {
        const site = this.sites.find((each) => each.name === name);
        if (site === undefined) throw new Error(`there is no node ${name}`);
        return site;
    }
}
