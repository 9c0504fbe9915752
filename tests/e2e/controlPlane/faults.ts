import * as assert from "node:assert/strict";
import type { KubeObject } from "../../../local/kube";
import { eventually } from "../../support/eventually";
import { type ControlPlaneInCluster, namespace } from "./controlPlaneInCluster";
import type { Installed } from "./installed";
import { Load, type LoadReport } from "./load";
import type { Noticed } from "./tally";

export interface Survived extends LoadReport {
    /** From the first moment of it on. */
    readonly wholeAfterSeconds: number;
    /** Why it is not, if it is not whole again and open to every client. */
    readonly failure?: unknown;
}

/** Lets something happen while clients call, until the control plane is whole again. */
export async function survive(
    installed: Installed,
    work: () => Promise<unknown>,
): Promise<Survived> {
    const load = await Load.begin(await installed.adminKubeconfig());
    try {
        await load.untilAllSucceed();
        const began = Date.now();
        await work();
        const failure = await installed.untilWhole().catch((error: unknown) => error);
        const wholeAfterSeconds = (Date.now() - began) / 1e3;
        const stillFailing = await load.untilAllSucceed().catch((error: unknown) => error);
        return { ...(await load.report()), wholeAfterSeconds, failure: failure ?? stillFailing };
    } finally {
        await load.close();
    }
}

/** Every fault must be over for those who write by then. */
const longestStallAllowedSeconds = 60;

/**
 * No acknowledged write may be lost, and nobody be unable to write for long; what else the clients noticed is printed
 * and given back.
 */
export async function underLoad(
    installed: Installed,
    fault: string,
    work: () => Promise<unknown>,
): Promise<LoadReport> {
    const report = await survive(installed, work);
    if (report.failure !== undefined) throw report.failure;
    console.log(
        `    ${fault}: ${inWords(report.writes)}; webhook: ${inWords(report.webhook)}; ` +
            `aggregated API: ${inWords(report.aggregatedApi)}; ` +
            `whole after ${report.wholeAfterSeconds.toFixed(0)} s`,
    );
    assert.deepEqual(report.lost, [], `${fault} lost what was acknowledged: ${report.lost.join()}`);
    assertNoStallBeyond(longestStallAllowedSeconds, fault, report);
    return report;
}

const inWords = ({ calls, failed, failedTwice, longestStallSeconds }: Noticed) =>
    `longest stall ${longestStallSeconds.toFixed(1)} s, ` +
    `${failed} of ${calls} calls failed, ${failedTwice} again`;

/** No client was unable to write for longer. */
export function assertNoStallBeyond(seconds: number, fault: string, { writes }: LoadReport): void {
    const message = `${fault} stopped writing for more than ${seconds} s: ${inWords(writes)}`;
    assert.ok(writes.longestStallSeconds <= seconds, message);
}

/** No call failed and did so again when it was made once more, whoever had to help with it. */
export function assertNoneFailedTwice({ writes, webhook, aggregatedApi }: LoadReport): void {
    for (const [kind, noticed] of Object.entries({ writes, webhook, aggregatedApi })) {
        assert.equal(noticed.failedTwice, 0, `${kind}: ${inWords(noticed)}`);
    }
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
