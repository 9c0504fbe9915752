import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { Stack, UpResult } from "@pulumi/pulumi/automation";
import {
    type KarmadaConnection,
    KarmadaControlPlane,
    type KarmadaControlPlaneArgs,
} from "../../../components";
import { hostNamespace } from "../../../components/controlPlane/layout";
import { type ControlPlaneVersions, versions } from "../../../components/versions";
import { KubeClient } from "../../../local/kube";
import { EtcdMembers } from "../../../local/controlPlane/etcdMembers";
import { progressOn } from "../../../local/support/terminal";
import { ensureAssets, ensureBinaries } from "../../../local/toolchain";
import { pinOf } from "../../../local/toolchain/catalog";
import { homeWithProviderUnderTest } from "../../conformance/serving";
import { inlineStack } from "../../support/inlineStack";
import { parentCluster, type ParentCluster } from "../nodes";
import { run } from "../nodes/machine";
import { Installed } from "./installed";

/** Of the control plane, in the parent cluster. */
export const namespace = hostNamespace;
const nodePort = 32443;

/** What a test adds to the control plane: its other arguments, and what is declared beside it. */
export interface Wanted {
    readonly args?: Partial<KarmadaControlPlaneArgs>;
    readonly beside?: (connection: KarmadaConnection) => void;
}

/** A KarmadaControlPlane that the real engine has declared in a parent cluster. */
export class ControlPlaneInCluster extends Installed {
    /** The next run's. */
    wanted: Wanted = {};
    readonly endpoint: { readonly host: string; readonly port: number };
    readonly etcd: EtcdMembers;
    /** What it runs unless it is told otherwise: in another cluster than our own, what the component would. */
    readonly versions: ControlPlaneVersions;

    private constructor(
        readonly parent: ParentCluster,
        parentClient: KubeClient,
        readonly stack: Stack & { readonly stateFile: string },
        /** Text of the parent's. */
        readonly kubeconfigText: string,
        kubectl: string,
    ) {
        super(parentClient, namespace);
        this.endpoint = { host: parent.nodePortAddress, port: nodePort };
        this.versions = parent.nodes ? imageVersions() : versions;
        this.etcd = new EtcdMembers((...args) =>
            run(kubectl, `--kubeconfig=${parent.kubeconfig}`, ...args),
        );
    }

    /** The parent cluster, with nothing in it yet. */
    static async prepare(folder: string): Promise<ControlPlaneInCluster> {
        const progress = progressOn(process.stdout);
        const binaries = await ensureBinaries(["pulumi", "kubectl"], progress);
        const { karmadaCrds: definitions } = await ensureAssets(progress);
        await homeWithProviderUnderTest(folder, "tls");
        const home = await homeWithProviderUnderTest(folder, "kubernetes");
        const parent = await parentCluster();
        const kubeconfig = readFileSync(parent.kubeconfig, "utf8");
        const program = async (): Promise<Record<string, unknown>> => {
            const { args, beside } = made.wanted;
            const controlPlane = new KarmadaControlPlane("karmada", {
                kubeconfig: pulumi.secret(kubeconfig),
                endpoint: made.endpoint,
                etcd: { storageClassName: parent.storageClassName, retainVolumes: false },
                versions: made.versions,
                definitions,
                ...args,
            });
            beside?.(controlPlane.connection);
            const { kubeconfig: admin } = controlPlane.connection;
            return { kubeconfig: admin, ledger: controlPlane.ledger };
        };
        const made: ControlPlaneInCluster = new ControlPlaneInCluster(
            parent,
            KubeClient.fromKubeconfig(kubeconfig),
            await inlineStack(home, binaries.pulumi, program),
            kubeconfig,
            binaries.kubectl,
        );
        return made;
    }

    up(wanted = this.wanted): Promise<UpResult> {
        this.wanted = wanted;
        return this.stack.up();
    }

    /** Sets a variable of the engine's environment while something is done. */
    async given<T>(variable: string, work: () => Promise<T>): Promise<T> {
        const { envVars } = this.stack.workspace;
        envVars[variable] = "true";
        return work().finally(() => delete envVars[variable]);
    }

    async adminKubeconfig(): Promise<string> {
        const { kubeconfig } = await this.stack.outputs();
        return kubeconfig!.value as string;
    }

    async karmada(): Promise<KubeClient> {
        return KubeClient.fromKubeconfig(await this.adminKubeconfig());
    }

    /**
     * Runs etcdctl in the pod of each member, one after the other, for that member alone: from one to another the
     * network policies let nobody through but etcd itself. Gives what was printed, by the pod's name.
     */
    async etcdctlInEach(...args: string[]): Promise<Map<string, string>> {
        const printed = new Map<string, string>();
        for (const { metadata } of await this.pods("etcd")) {
            printed.set(metadata.name!, await this.etcd.etcdctl(metadata.name!, ...args));
        }
        return printed;
    }

    /** Name of the etcd member that all others follow. */
    async etcdLeader(): Promise<string> {
        const printed = await this.etcdctlInEach("endpoint", "status");
        const leader = [...printed].find(([, status]) => /(, )true, false, /.test(status));
        assert.ok(leader, `no member of etcd leads: ${[...printed.values()].join("")}`);
        return leader[0];
    }

    /** And etcd has all its members. */
    protected override async assertWhole(): Promise<void> {
        await super.assertWhole();
        await this.etcdctlInEach("endpoint", "health");
    }

    /** Of all containers that run, by their pods' names, and of those that ran in their place before. */
    async logs(): Promise<Map<string, string>> {
        const logs = new Map<string, string>();
        for (const { metadata } of await this.pods()) {
            const path = `/api/v1/namespaces/${namespace}/pods/${metadata.name}/log`;
            const { status, body } = await this.parentClient.raw(path);
            assert.equal(status, 200, `log of ${metadata.name}: ${body}`);
            logs.set(metadata.name!, body);
            const previous = await this.parentClient.raw(`${path}?previous=true`);
            if (previous.status === 200) logs.set(`${metadata.name}, before`, previous.body);
        }
        return logs;
    }

    async stop(): Promise<void> {
        await this.parentClient.close();
        await this.parent.stop();
    }
}

/** What the images that the nodes have been given really are. */
export function imageVersions(): ControlPlaneVersions {
    const versionOf = (module: "etcd" | "kubernetes" | "karmada") =>
        pinOf(module).version.replace(/^v/, "");
    return {
        karmada: versionOf("karmada"),
        kubernetes: versionOf("kubernetes"),
        etcd: `${versionOf("etcd")}-0`,
    };
}
