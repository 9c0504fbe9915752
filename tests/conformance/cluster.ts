import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { PulumiFn } from "@pulumi/pulumi/automation";
import { silent } from "../../local/support/progress";
import { ensureBinaries } from "../../local/toolchain";
import { ApiServer, apiServerBinaries, startApiServer } from "../support/apiServer";
import { inlineStack } from "../support/inlineStack";
import { temporaryFolder } from "../support/temporary";
import { homeWithProviderUnderTest } from "./serving";

type Program = (options: { provider: k8s.Provider }) => Record<string, unknown> | void;

/** The kubernetes provider under the real engine, with an API server of this file's own. */
export class Cluster {
    readonly folder = temporaryFolder();
    private started: { api: ApiServer; home: string; pulumi: string } | undefined;

    constructor() {
        // The first run builds the binaries.
        const { start } = this;
        before(function () {
            this.timeout(0);
            return start();
        });
        after(() => this.started?.api.stop());
    }

    get api(): ApiServer {
        return this.started!.api;
    }

    stack(program: PulumiFn) {
        return inlineStack(this.started!.home, this.started!.pulumi, program);
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

    private readonly start = async () => {
        const binaries = await ensureBinaries([...apiServerBinaries, "pulumi"], silent);
        const home = await homeWithProviderUnderTest(this.folder, "kubernetes");
        const api = await startApiServer(binaries);
        this.started = { api, home, pulumi: binaries.pulumi };
    };
}

export const podSpec = { containers: [{ name: "main", image: "none" }] };

export function deployment(metadata: object, replicas: number, label = "a") {
    const labels = { app: label };
    const template = { metadata: { labels }, spec: podSpec };
    return { metadata, spec: { replicas, selector: { matchLabels: labels }, template } };
}
