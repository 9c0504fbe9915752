import { mkdtempSync, rmSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../local/support/errors";
import type { Progress } from "../../local/support/progress";
import { ControlPlaneInCluster } from "../e2e/controlPlane/controlPlaneInCluster";
import { survive, type Survived } from "../e2e/controlPlane/faults";
import type { Installed } from "../e2e/controlPlane/installed";
import type { NodesCluster } from "../e2e/nodes";
import { asOurs } from "./installs";
import { Operator } from "./operator";

/** What the same fault did to each; with the reason when it did not come back by itself. */
export interface FaultResult {
    readonly fault: string;
    readonly ours: Survived | string;
    readonly operator: Survived | string;
}

const nodeLostForMs = 120_000;

type Fault = (installed: Installed, nodes: NodesCluster) => Promise<unknown>;

const podOf = async (installed: Installed, name: RegExp) =>
    (await installed.pods()).find(({ metadata }) => name.test(metadata.name!))!;

const killOne = (name: RegExp): Fault => {
    return async (installed) => installed.killPods((await podOf(installed, name)).metadata.name!);
};

const etcd = /^(karmada-)?etcd-\d$/;

const faults: Readonly<Record<string, Fault>> = {
    "the pod of a member of etcd killed": killOne(etcd),
    "the pod of an API server killed": killOne(/^karmada-apiserver-/),
    "every pod of everything replaced at the same time": (installed) => installed.rollEverything(),
    "each of three nodes drained in turn": async (installed, nodes) => {
        for (const { name } of nodes.nodes) {
            await nodes.drain(name);
            await nodes.uncordon(name);
            await installed.untilWhole();
        }
    },
    "a node with a member of etcd lost for two minutes": async (installed, nodes) => {
        const { nodeName } = (await podOf(installed, etcd))["spec"] as { nodeName: string };
        await nodes.killNode(nodeName);
        await sleep(nodeLostForMs);
        await nodes.reviveNode(nodeName);
    },
};

/** The same faults, one after the other, to a control plane of ours and to one by Karmada's own operator. */
export async function measureFaults(progress: Progress): Promise<FaultResult[]> {
    const folder = mkdtempSync(path.join(os.tmpdir(), "karmada-eks-faults-"));
    const controlPlane = await ControlPlaneInCluster.prepare(folder);
    try {
        const { nodes } = controlPlane.parent;
        if (nodes === undefined) {
            throw new UserError("This compares on three nodes of its own; unset KUBECONFIG.");
        }
        await progress.step("KarmadaControlPlane", () => controlPlane.up());
        const ours = await survived(controlPlane, nodes, progress);
        await progress.step("its removal", () => controlPlane.stack.destroy());
        const operator = await progress.step("start the operator", () =>
            Operator.start(nodes, progress),
        );
        try {
            await progress.step("Karmada by the operator", () => operator.install(asOurs));
            const theirs = await survived(operator, nodes, progress);
            return Object.keys(faults).map((fault, at) => ({
                fault,
                ours: ours[at]!,
                operator: theirs[at]!,
            }));
        } finally {
            await operator.close();
        }
    } finally {
        await controlPlane.stop();
        rmSync(folder, { recursive: true, force: true });
    }
}

async function survived(
    installed: Installed,
    nodes: NodesCluster,
    progress: Progress,
): Promise<(Survived | string)[]> {
    const results: (Survived | string)[] = [];
    for (const [fault, work] of Object.entries(faults)) {
        results.push(
            await progress.step(fault, () =>
                survive(installed, () => work(installed, nodes)).catch(
                    (error: unknown) => (error as Error).message,
                ),
            ),
        );
    }
    return results;
}
