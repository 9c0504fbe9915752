import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { EngineEvent } from "@pulumi/pulumi/automation";
import { KubeObject, refOf } from "../../local/kube";
import { silent } from "../../local/support/progress";
import { ensureBinaries } from "../../local/toolchain";
import { ApiServer, apiServerBinaries, startApiServer } from "../support/apiServer";
import { eventually } from "../support/eventually";
import { ProviderUnderTest } from "./provider";

type Program = (options: { provider: k8s.Provider }) => Record<string, unknown> | void;

/** The kubernetes provider under the real engine, with an API server of this file's own. */
export class Cluster extends ProviderUnderTest {
    private server: ApiServer | undefined;

    constructor() {
        super("kubernetes");
        const start = async () => {
            this.server = await startApiServer(await ensureBinaries(apiServerBinaries, silent));
        };
        before(function () {
            this.timeout(0);
            return start();
        });
        after(() => this.server?.stop());
    }

    get api(): ApiServer {
        return this.server!;
    }

    /** A program that gets a provider for the cluster; asked anew in each run for what it is made of. */
    connected(program: Program, args: () => Partial<k8s.ProviderArgs> = () => ({})) {
        return this.stack(async () => {
            const kubeconfig = pulumi.secret(this.api.kubeconfig);
            return (
                program({ provider: new k8s.Provider("cluster", { kubeconfig, ...args() }) }) ?? {}
            );
        });
    }

    configMap(name: string, namespace = "default") {
        return this.api.client.get({ apiVersion: "v1", kind: "ConfigMap", name, namespace });
    }

    /** The object once it is there; without a name, the first of its kind. */
    async appeared(apiVersion: string, kind: string, name?: string): Promise<KubeObject> {
        let found: KubeObject | undefined;
        await eventually(`a ${kind}`, async () => {
            const all = await this.api.client.list(apiVersion, kind, { namespace: "default" });
            found = all.find(({ metadata }) => name === undefined || metadata.name === name);
            return found !== undefined;
        });
        return found!;
    }

    /** Plays the controllers that this cluster does not have. */
    setStatus(object: KubeObject, status: object): Promise<KubeObject> {
        const options = { subresource: "status" };
        return this.api.client.patch(refOf(object), { status }, "merge", options);
    }
}

/** What the display shows beside resources while something lasts. */
export function displayed() {
    const lines: string[] = [];
    const onEvent = ({ diagnosticEvent }: EngineEvent) => {
        if (diagnosticEvent?.ephemeral) lines.push(diagnosticEvent.message);
    };
    return { lines, onEvent };
}

export const podSpec = { containers: [{ name: "main", image: "none" }] };

export function deployment(metadata: object, replicas: number, label = "a") {
    const labels = { app: label };
    const template = { metadata: { labels }, spec: podSpec };
    return { metadata, spec: { replicas, selector: { matchLabels: labels }, template } };
}
