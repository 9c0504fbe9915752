import * as assert from "node:assert/strict";
import { secretNames } from "../../../components/controlPlane/secretNames";
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

interface AuditEvent {
    readonly user?: { readonly extra?: Readonly<Record<string, readonly string[]>> };
}

/** By the audit log, every part has called Karmada's API with the certificate that it has been given. */
export async function assertCalledWith(
    controlPlane: ControlPlaneInCluster,
    nodes: NodesCluster,
): Promise<void> {
    const log = await nodes.kubectl(
        `--namespace=${namespace}`,
        "logs",
        "--selector=app=karmada-apiserver",
        "--since=600s",
        "--tail=-1",
    );
    const lines = log.split("\n").filter((line) => line.includes('"auditID"'));
    const seen = new Set(lines.flatMap((line) => credentialsOf(JSON.parse(line) as AuditEvent)));
    for (const secret of callers) {
        const { fingerprint256 } = await issued(controlPlane, secret);
        const digest = fingerprint256.replaceAll(":", "").toLowerCase();
        assert.ok(seen.has(`X509SHA256=${digest}`), `${secret} was not used yet`);
    }
}

const credentialsOf = ({ user }: AuditEvent): readonly string[] =>
    user?.extra?.["authentication.kubernetes.io/credential-id"] ?? [];
