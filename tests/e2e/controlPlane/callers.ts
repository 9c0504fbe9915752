import * as assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { secretNames } from "../../../components/controlPlane/secretNames";
import { eventually } from "../../support/eventually";
import type { NodesCluster } from "../nodes";
import { type ControlPlaneInCluster, namespace } from "./controlPlaneInCluster";
import { issued } from "./served";

/** Certificates by which parts call Karmada's API. */
const callers = [
    secretNames.aggregatedApiServerConfig,
    secretNames.webhookConfig,
    secretNames.kubeControllerManagerConfig,
    secretNames.controllerManagerConfig,
    secretNames.schedulerConfig,
];

/**
 * By the audit log, every part comes to call Karmada's API with the certificate that it has been given. What has been
 * seen once counts: a part that only watches calls seldom, and a full log makes room for the next one.
 */
export async function calledWithTheirOwn(
    controlPlane: ControlPlaneInCluster,
    nodes: NodesCluster,
    withinMs: number,
): Promise<void> {
    const seen = new Set<string>();
    const assertAllSeen = async () => {
        await sleep(betweenReadsMs);
        for (const id of await recentCredentials(nodes)) seen.add(id);
        const missing: string[] = [];
        for (const secret of callers) {
            const { fingerprint256 } = await issued(controlPlane, secret);
            const digest = fingerprint256.replaceAll(":", "").toLowerCase();
            if (!seen.has(`X509SHA256=${digest}`)) missing.push(secret);
        }
        assert.deepEqual(missing, []);
    };
    await eventually("every caller uses its own", assertAllSeen, withinMs);
}

const betweenReadsMs = 10_000;

async function recentCredentials(nodes: NodesCluster): Promise<readonly string[]> {
    const log = await nodes.kubectl(
        `--namespace=${namespace}`,
        "logs",
        "--selector=app=karmada-apiserver",
        // Longer than it takes to read them on a busy machine.
        "--since=120s",
        "--tail=-1",
    );
    // Not as JSON: of an event that takes several lines of the container's log the end may still be missing.
    return log.match(/X509SHA256=[0-9a-f]{64}/g) ?? [];
}
