import { performance } from "node:perf_hooks";
import type { Progress } from "../../local/support/progress";
import type { ControlPlaneInCluster } from "../e2e/controlPlane/controlPlaneInCluster";
import { onEmptyNodes } from "./emptyNodes";
import { type Idle, idleOf } from "./idle";
import { Operator, type Replicas } from "./operator";

export interface Install {
    /** Until Karmada's API answers and every pod is ready. */
    readonly seconds: number;
    readonly pods: number;
    readonly idle: Idle;
}

/** On the same empty cluster, one after the other. */
export interface InstallRound {
    readonly ours: Install;
    /** With as many of everything but etcd, of which it has one. */
    readonly operator: Install;
    /** With one of everything. */
    readonly smallest: Install;
}

export const asOurs: Replicas = { servers: 3, controllers: 2 };
const smallest: Replicas = { servers: 1, controllers: 1 };

/** How long a control plane takes to come up, and what it takes when it has nothing to do. */
export function measureInstalls(rounds: number, progress: Progress): Promise<InstallRound[]> {
    return onEmptyNodes(async (controlPlane, nodes) => {
        const measured: InstallRound[] = [];
        for (let round = 0; round < rounds; round++) {
            const ours = await progress.step("KarmadaControlPlane", () =>
                timed(
                    () => controlPlane.up(),
                    () => controlPlane.pods(),
                ),
            );
            await progress.step("its removal", () => controlPlane.stack.destroy());
            const operator = await progress.step("start the operator", () =>
                Operator.start(nodes, progress),
            );
            try {
                measured.push({
                    ours,
                    operator: await byOperator(operator, asOurs, progress),
                    smallest: await byOperator(operator, smallest, progress),
                });
                await progress.step("remove the operator", () => operator.remove());
            } finally {
                await operator.close();
            }
        }
        return measured;
    });
}

const byOperator = (operator: Operator, replicas: Replicas, progress: Progress) =>
    progress.step(`Karmada by the operator, ${replicas.servers} servers`, async () => {
        const install = await timed(
            () => operator.install(replicas),
            () => operator.pods(),
        );
        await operator.uninstall();
        return install;
    });

async function timed(
    install: () => Promise<unknown>,
    podsOf: () => ReturnType<ControlPlaneInCluster["pods"]>,
): Promise<Install> {
    const began = performance.now();
    await install();
    const seconds = (performance.now() - began) / 1_000;
    const pods = await podsOf();
    return { seconds, pods: pods.length, idle: await idleOf(pods) };
}
