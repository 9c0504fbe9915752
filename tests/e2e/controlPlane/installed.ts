import * as assert from "node:assert/strict";
import { KubeClient, type KubeObject } from "../../../local/kube";
import { conditionOf } from "../../../local/plugins/kubernetes/await/readiness";
import { eventually } from "../../support/eventually";

/** Long enough for a lost node's pods to be given up and come back. */
const wholeWithinMs = 300_000;

interface SetSpec {
    readonly replicas: number;
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
}

/** A control plane in a cluster, whoever has put it there. */
export abstract class Installed {
    protected constructor(
        readonly parentClient: KubeClient,
        readonly namespace: string,
    ) {}

    /** Text of the administrator's kubeconfig, as whoever uses the control plane gets it. */
    abstract adminKubeconfig(): Promise<string>;

    pods(app?: string): Promise<KubeObject[]> {
        const { namespace } = this;
        return this.parentClient.list("v1", "Pod", {
            namespace,
            labelSelector: app && `app=${app}`,
        });
    }

    /** The pods end at once, without a goodbye. */
    async killPods(...names: string[]): Promise<void> {
        const pod = { apiVersion: "v1", kind: "Pod", namespace: this.namespace };
        await Promise.all(
            names.map((name) =>
                this.parentClient.remove({ ...pod, name }, { gracePeriodSeconds: 0 }),
            ),
        );
    }

    /** Every pod is to be replaced by a new one, all kinds of them at the same time. */
    async rollEverything(): Promise<void> {
        const template = { metadata: { annotations: { rolled: new Date().toISOString() } } };
        for (const { kind, metadata } of await this.sets()) {
            const { name = "", namespace } = metadata;
            const set = { apiVersion: "apps/v1", kind, name, namespace };
            await this.parentClient.patch(set, { spec: { template } }, "strategic");
        }
    }

    /** Waits until all is as it was: every pod there is meant to be is ready. */
    async untilWhole(): Promise<void> {
        await eventually("the control plane is whole", () => this.assertWhole(), wholeWithinMs);
    }

    /** Waits until all is ready and Karmada's API answers. */
    async untilUsable(): Promise<void> {
        await this.untilWhole();
        const karmada = KubeClient.fromKubeconfig(await this.adminKubeconfig());
        await eventually("Karmada's API answers", async () => {
            return (await karmada.raw("/readyz")).status === 200;
        }).finally(() => karmada.close());
    }

    protected async assertWhole(): Promise<void> {
        const pods = await this.pods();
        for (const set of await this.sets()) assert.ok(isRolledOut(set, pods), set.metadata.name);
    }

    private async sets(): Promise<KubeObject[]> {
        const { namespace } = this;
        const found = await Promise.all(
            ["Deployment", "StatefulSet"].map(async (kind) => {
                const sets = await this.parentClient.list("apps/v1", kind, { namespace });
                return sets.map((set) => ({ ...set, kind }));
            }),
        );
        return found.flat();
    }
}

/** By its pods too: what it says of itself is a moment old. */
function isRolledOut(set: KubeObject, pods: readonly KubeObject[]): boolean {
    const { replicas, selector } = set["spec"] as SetSpec;
    const { observedGeneration, updatedReplicas } = set["status"] as Record<string, number>;
    const labels = Object.entries(selector.matchLabels);
    const own = pods.filter(({ metadata }) =>
        labels.every(([key, value]) => metadata.labels?.[key] === value),
    );
    return (
        observedGeneration === set.metadata.generation &&
        updatedReplicas === replicas &&
        own.length === replicas &&
        own.every(isReady)
    );
}

const isReady = (pod: KubeObject): boolean =>
    conditionOf(pod, "Ready")?.status === "True" && pod.metadata.deletionTimestamp === undefined;
