import * as assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import * as tls from "node:tls";
import { etcd } from "../../../components/controlPlane/etcd/etcdPlan";
import { etcdSecrets } from "../../../components/controlPlane/etcd/etcdPod";
import { ports } from "../../../components/controlPlane/layout";
import { secretNames } from "../../../components/controlPlane/secretNames";
import { type ControlPlaneInCluster, namespace } from "./controlPlaneInCluster";

interface Server {
    /** Label of its pods. */
    readonly app: string;
    readonly port: number;
    /** Where its certificate comes from. */
    readonly secret: string;
}

const servers: readonly Server[] = [
    { app: "karmada-apiserver", port: ports.apiServer, secret: secretNames.apiServer },
    {
        app: "karmada-aggregated-apiserver",
        port: ports.extensionServers,
        secret: secretNames.aggregatedApiServer,
    },
    { app: "karmada-webhook", port: ports.webhook, secret: secretNames.webhook },
    { app: etcd.name, port: etcd.clientPort, secret: etcdSecrets.server },
    { app: etcd.name, port: etcd.peerPort, secret: etcdSecrets.peer },
];

/** The certificate in a Secret of the control plane. */
export async function issued(
    { parentClient }: ControlPlaneInCluster,
    name: string,
): Promise<X509Certificate> {
    const secret = await parentClient.get({ apiVersion: "v1", kind: "Secret", name, namespace });
    const { "tls.crt": certPem } = secret!["data"] as Record<string, string>;
    return new X509Certificate(Buffer.from(certPem!, "base64"));
}

/** Every pod that serves with TLS shows the certificate that it has been given. Needs a way to pods. */
export async function assertServed(controlPlane: ControlPlaneInCluster): Promise<void> {
    for (const { app, port, secret } of servers) {
        const { fingerprint256 } = await issued(controlPlane, secret);
        const pods = await controlPlane.pods(app);
        assert.ok(pods.length >= 3, `${app} has ${pods.length} pods`);
        for (const { metadata, status } of pods) {
            const { podIP } = status as { podIP: string };
            const shown = await shownAt(podIP, port);
            assert.equal(shown.fingerprint256, fingerprint256, `${metadata.name}:${port}`);
        }
    }
}

/** What a server shows to whoever calls, before it asks who that is. */
function shownAt(host: string, port: number): Promise<X509Certificate> {
    return new Promise((resolve, reject) => {
        const socket = tls.connect({ host, port, rejectUnauthorized: false }, () => {
            resolve(socket.getPeerX509Certificate()!);
            socket.destroy();
        });
        socket.setTimeout(5_000, () => socket.destroy(new Error(`no answer of ${host}:${port}`)));
        socket.once("error", reject);
    });
}
