import { readdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import type { KubeClient } from "../../local/kube";
import { conditionOf } from "../../local/plugins/kubernetes/await/readiness";
import type { Progress } from "../../local/support/progress";
import { ensureOperatorManifests } from "../../local/toolchain";
import { imageVersions } from "../e2e/controlPlane/controlPlaneInCluster";
import { Installed } from "../e2e/controlPlane/installed";
import { type NodesCluster, operatorImages } from "../e2e/nodes";
import { storageClassName } from "../e2e/nodes/addons";
import { hostAddress } from "../e2e/nodes/network";
import { eventually } from "../support/eventually";
import { releasedDefinitions } from "./releasedDefinitions";

const home = "karmada-system";
const withinMs = 600_000;

const instance = { namespace: "by-operator", name: "karmada" };
const namespaces = [home, instance.namespace];

/** As many as ours has. etcd has one member: with three, the operator's does not come up. */
const servers = 3;
const controllers = 2;

/** Karmada's own operator in a cluster of nodes, with nothing to do yet. */
export class Operator extends Installed {
    readonly name = "the operator";

    private constructor(
        private readonly nodes: NodesCluster,
        client: KubeClient,
        private readonly definitions: Server,
    ) {
        super(client, instance.namespace);
    }

    static async start(nodes: NodesCluster, progress: Progress): Promise<Operator> {
        await nodes.importImages(await operatorImages(progress));
        const manifests = await ensureOperatorManifests(progress);
        const server = await serve(await releasedDefinitions(progress), hostAddress);
        const operator = new Operator(nodes, nodes.client(), server);
        await nodes.kubectl("apply", "--server-side", "-f", path.join(manifests, "crds"));
        for (const namespace of namespaces) {
            await nodes.kubectl("create", "namespace", namespace);
        }
        for (const file of readdirSync(path.join(manifests, "deploy"))) {
            await nodes.kubectl("apply", "-f", path.join(manifests, "deploy", file));
        }
        const image = `karmada-operator=docker.io/karmada/karmada-operator:v${imageVersions().karmada}`;
        const deployment = "deployment/karmada-operator";
        await nodes.kubectl(`--namespace=${home}`, "set", "image", deployment, image);
        await nodes.kubectl(`--namespace=${home}`, "rollout", "status", deployment);
        return operator;
    }

    /** From the request until Karmada's API answers and every pod is ready. */
    async install(): Promise<void> {
        await this.parentClient.create(this.wanted());
        await eventually("the operator has made it", () => this.isReady(), withinMs);
        await this.untilUsable();
    }

    async adminKubeconfig(): Promise<string> {
        const secret = await this.parentClient.get({
            apiVersion: "v1",
            kind: "Secret",
            namespace: instance.namespace,
            name: `${instance.name}-admin-config`,
        });
        const { "karmada.config": encoded } = secret!["data"] as Record<string, string>;
        return Buffer.from(encoded!, "base64").toString();
    }

    /** First what it has made: only it can take that away. */
    async remove(): Promise<void> {
        const { namespace, name } = instance;
        await this.nodes.kubectl(`--namespace=${namespace}`, "delete", "karmada", name);
        await this.nodes.kubectl("delete", "namespace", ...namespaces);
    }

    /** Of this process; the cluster stays as it is. */
    async close(): Promise<void> {
        await this.parentClient.close();
        this.definitions.close();
    }

    private async isReady(): Promise<boolean> {
        const karmada = await this.parentClient.get({
            apiVersion: "operator.karmada.io/v1alpha1",
            kind: "Karmada",
            ...instance,
        });
        return conditionOf(karmada!, "Ready")?.status === "True";
    }

    private wanted() {
        const { karmada, kubernetes, etcd } = imageVersions();
        const ofKarmada = (replicas: number) => ({ imageTag: `v${karmada}`, replicas });
        const ofKubernetes = (replicas: number) => ({ imageTag: `v${kubernetes}`, replicas });
        const { port } = this.definitions.address() as AddressInfo;
        const url = `http://${hostAddress}:${port}/crds.tar.gz`;
        return {
            apiVersion: "operator.karmada.io/v1alpha1",
            kind: "Karmada",
            metadata: instance,
            spec: {
                crdTarball: { httpSource: { url } },
                components: {
                    etcd: {
                        local: {
                            imageTag: etcd,
                            replicas: 1,
                            volumeData: {
                                volumeClaim: {
                                    metadata: { name: "etcd-data" },
                                    spec: {
                                        storageClassName,
                                        accessModes: ["ReadWriteOnce"],
                                        resources: { requests: { storage: "3Gi" } },
                                    },
                                },
                            },
                        },
                    },
                    karmadaAPIServer: { ...ofKubernetes(servers), serviceType: "NodePort" },
                    karmadaAggregatedAPIServer: ofKarmada(servers),
                    karmadaControllerManager: ofKarmada(controllers),
                    karmadaScheduler: ofKarmada(controllers),
                    karmadaWebhook: ofKarmada(servers),
                    kubeControllerManager: ofKubernetes(controllers),
                    karmadaMetricsAdapter: ofKarmada(1),
                },
            },
        };
    }
}

function serve(content: Buffer, address: string): Promise<Server> {
    const server = createServer((_, response) => response.end(content));
    return new Promise((resolve, reject) =>
        server.once("error", reject).listen(0, address, () => resolve(server)),
    );
}
