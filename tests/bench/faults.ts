import { setTimeout as sleep } from "node:timers/promises";
import { replaceMember } from "../../local/controlPlane/replaceMember";
import { type Progress, silent } from "../../local/support/progress";
import { ControlPlaneInCluster } from "../e2e/controlPlane/controlPlaneInCluster";
import { loseVolume, survive, type Survived } from "../e2e/controlPlane/faults";
import type { Installed } from "../e2e/controlPlane/installed";
import type { NodesCluster } from "../e2e/nodes";
import { onEmptyNodes } from "./emptyNodes";
import { Operator } from "./operator";

/** What the same fault did to each. */
export interface FaultResult {
    readonly fault: string;
    readonly ours: Survived;
    readonly operator: Survived;
}

const nodeLostForMs = 120_000;

type Fault = (installed: Installed, nodes: NodesCluster) => Promise<unknown>;

async function podOf(installed: Installed, name: RegExp) {
    const pod = (await installed.pods()).find(({ metadata }) => name.test(metadata.name!));
    if (pod === undefined) throw new Error(`there is no pod like ${name}`);
    return pod;
}

const killOne = (name: RegExp): Fault => {
    return async (installed) => installed.killPods((await podOf(installed, name)).metadata.name!);
};

const etcd = /^(karmada-)?etcd-\d$/;

const faults: Readonly<Record<string, Fault>> = {
    "the pod of a member of etcd killed": killOne(etcd),
    "every pod of etcd killed at once": async (installed) => {
        const pods = (await installed.pods()).filter(({ metadata }) => etcd.test(metadata.name!));
        await installed.killPods(...pods.map(({ metadata }) => metadata.name!));
    },
    "the pod of an API server killed": killOne(/^karmada-apiserver-/),
    "every pod of everything replaced at the same time": (installed) => installed.rollEverything(),
    "each of three nodes drained in turn": async (installed, nodes) => {
        for (const { name } of nodes.nodes) {
            await nodes.drain(name).finally(() => nodes.uncordon(name));
            await installed.untilWhole();
        }
    },
    "a node with a member of etcd lost for two minutes": async (installed, nodes) => {
        const { nodeName } = (await podOf(installed, etcd))["spec"] as { nodeName: string };
        await nodes.killNode(nodeName);
        await sleep(nodeLostForMs);
        await nodes.reviveNode(nodeName);
    },
    // The last: not everybody gets over it.
    "the volume of a member of etcd lost": (installed) =>
        installed instanceof ControlPlaneInCluster
            ? replaceLost(installed, "etcd-1")
            : loseVolumeOf(installed, etcd),
};

async function replaceLost(controlPlane: ControlPlaneInCluster, member: string): Promise<void> {
    await loseVolume(controlPlane, member);
    await replaceMember(controlPlane.etcd, member, silent);
}

/** Its set gives the pod a new volume. */
async function loseVolumeOf(installed: Installed, name: RegExp): Promise<void> {
    const { metadata, spec } = await podOf(installed, name);
    const { volumes } = spec as { volumes: { persistentVolumeClaim?: { claimName: string } }[] };
    const { claimName } = volumes.flatMap((each) => each.persistentVolumeClaim ?? [])[0]!;
    const { namespace, parentClient } = installed;
    const claim = { apiVersion: "v1", kind: "PersistentVolumeClaim", name: claimName, namespace };
    await parentClient.remove(claim);
    await installed.killPods(metadata.name!);
}

/** The same faults, one after the other, to a control plane of ours and to one by Karmada's own operator. */
export function measureFaults(progress: Progress): Promise<FaultResult[]> {
    return onEmptyNodes(async (controlPlane, nodes) => {
        await progress.step("KarmadaControlPlane", () => controlPlane.up());
        const ours = await survived(controlPlane, nodes, progress);
        await progress.step("its removal", () => controlPlane.stack.destroy());
        const operator = await progress.step("start the operator", () =>
            Operator.start(nodes, progress),
        );
        try {
            await progress.step("Karmada by the operator", () => operator.install());
            const theirs = await survived(operator, nodes, progress);
            return Object.keys(faults).map((fault, at) => ({
                fault,
                ours: ours[at]!,
                operator: theirs[at]!,
            }));
        } finally {
            await operator.close();
        }
    });
}

async function survived(
    installed: Installed,
    nodes: NodesCluster,
    progress: Progress,
): Promise<Survived[]> {
    const results: Survived[] = [];
    for (const [fault, work] of Object.entries(faults)) {
        const survivedIt = () => survive(installed, () => work(installed, nodes));
        results.push(await progress.step(fault, survivedIt));
    }
    return results;
}
