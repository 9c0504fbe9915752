import * as assert from "node:assert/strict";
import type { KubeObject } from "../../../local/kube";
import { conditionOf } from "../../../local/plugins/kubernetes/await/readiness";
import { eventually } from "../../support/eventually";
import { type ControlPlaneInCluster, namespace } from "./controlPlaneInCluster";
import { Load, type LoadReport } from "./load";

/** Long enough for a lost node's pods to be given up and come back. */
const wholeWithinMs = 300_000;

/** Whether all is as it was: every pod there is meant to be is ready, and etcd has all its members. */
export async function isWhole(controlPlane: ControlPlaneInCluster): Promise<void> {
    await eventually(
        "the control plane is whole",
        async () => {
            const { parentClient, etcd } = controlPlane;
            const pods = await controlPlane.pods();
            const sets = await Promise.all(
                ["Deployment", "StatefulSet"].map((kind) =>
                    parentClient.list("apps/v1", kind, { namespace }),
                ),
            );
            for (const set of sets.flat()) assert.ok(isRolledOut(set, pods), set.metadata.name);
            await etcd.etcdctl("etcd-0", "endpoint", "health", "--cluster");
        },
        wholeWithinMs,
    );
}

/** By its pods too: what it says of itself is a moment old. */
function isRolledOut(set: KubeObject, pods: readonly KubeObject[]): boolean {
    const { replicas } = set["spec"] as { replicas: number };
    const { observedGeneration, updatedReplicas } = set["status"] as Record<string, number>;
    const own = pods.filter(({ metadata }) => metadata.labels?.["app"] === set.metadata.name);
    return (
        observedGeneration === set.metadata.generation &&
        updatedReplicas === replicas &&
        own.length === replicas &&
        own.every(isReady)
    );
}

const isReady = (pod: KubeObject): boolean =>
    conditionOf(pod, "Ready")?.status === "True" && pod.metadata.deletionTimestamp === undefined;

/**
 * Lets something happen while clients write and read, until the control plane is whole again. No
 * acknowledged write may be lost; what else the clients noticed is printed and given back.
 */
export async function underLoad(
    controlPlane: ControlPlaneInCluster,
    fault: string,
    work: () => Promise<unknown>,
): Promise<LoadReport> {
    const load = await Load.begin(await controlPlane.adminKubeconfig());
    const began = Date.now();
    try {
        await load.untilAllWrite();
        await work();
        await isWhole(controlPlane);
        await load.untilAllWrite();
    } finally {
        await load.stop();
    }
    const report = await load.report();
    const { calls, failed, failedTwice, longestStallSeconds } = report;
    const seconds = ((Date.now() - began) / 1e3).toFixed(0);
    console.log(
        `    ${fault}: longest stall ${longestStallSeconds.toFixed(1)} s, ` +
            `${failed} of ${calls} calls failed, ${failedTwice} again; whole after ${seconds} s`,
    );
    assert.deepEqual(report.lost, []);
    return report;
}

/**
 * The member's volume is lost, and its pod and those of the others named are killed at once. Without
 * its data it cannot start again.
 */
export async function loseVolume(
    controlPlane: ControlPlaneInCluster,
    member: string,
    ...others: string[]
): Promise<void> {
    const claim = { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace };
    await controlPlane.parentClient.remove({ ...claim, name: `data-${member}` });
    await controlPlane.killPods(member, ...others);
    await eventually(`${member} has tried to start without its data`, async () => {
        const pods = await controlPlane.pods("etcd");
        const pod = pods.find(({ metadata }) => metadata.name === member);
        return pod !== undefined && restartsOf(pod) > 0;
    });
}

function restartsOf({ status }: KubeObject): number {
    const { containerStatuses = [] } = status as { containerStatuses?: { restartCount: number }[] };
    return containerStatuses.reduce((sum, { restartCount }) => sum + restartCount, 0);
}

/** Which processes run: another answer later means that one has ended since. */
export async function processesOf(controlPlane: ControlPlaneInCluster): Promise<string[]> {
    const pods = await controlPlane.pods();
    return pods.map((pod) => `${pod.metadata.uid}: ${restartsOf(pod)}`).sort();
}

/** Every pod is to be replaced by a new one, all kinds of them at the same time. */
export async function rollEverything({ parentClient }: ControlPlaneInCluster): Promise<void> {
    const template = { metadata: { annotations: { rolled: new Date().toISOString() } } };
    for (const kind of ["StatefulSet", "Deployment"]) {
        for (const { metadata } of await parentClient.list("apps/v1", kind, { namespace })) {
            const set = { apiVersion: "apps/v1", kind, name: metadata.name!, namespace };
            await parentClient.patch(set, { spec: { template } }, "strategic");
        }
    }
}
