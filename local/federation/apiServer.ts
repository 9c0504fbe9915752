import { apiServerName, etcdName, httpsProbe, servingFlags, type Cluster } from "./cluster";
import { flags } from "./flags";
import { pkiFiles } from "./pkiFiles";
import { portOf } from "./ports";
import type { ProcessSpec } from "./processes";

/** etcd as seen by an API server: its place, its credentials, this cluster's prefix. */
export function etcdFlags({ layout, ports }: Cluster, prefix: string): string[] {
    const pki = pkiFiles(layout.pki);
    return flags({
        "etcd-servers": `https://127.0.0.1:${portOf(ports, etcdName)}`,
        "etcd-prefix": prefix,
        "etcd-cafile": pki.etcdCa,
        "etcd-certfile": pki.etcdClientCertificate,
        "etcd-keyfile": pki.etcdClientKey,
    });
}

/** How an API server makes itself known to those that serve a part of its API. */
export const aggregationFlags = ({ pki }: Cluster) => ({
    "proxy-client-cert-file": pki.frontProxyCertificate,
    "proxy-client-key-file": pki.frontProxyKey,
    "requestheader-client-ca-file": pki.frontProxyCa,
    "requestheader-allowed-names": "front-proxy-client",
    "requestheader-extra-headers-prefix": "X-Remote-Extra-",
    "requestheader-group-headers": "X-Remote-Group",
    "requestheader-username-headers": "X-Remote-User",
});

/** A kube-apiserver, with what Karmada's and a member's have in common. */
export function apiServerSpec(
    cluster: Cluster,
    binary: string,
    own: Readonly<Record<string, string | boolean>>,
    prefix: string,
): ProcessSpec {
    const { pki } = cluster;
    const name = apiServerName(cluster.name);
    const port = portOf(cluster.ports, name);
    return {
        name,
        command: binary,
        args: [
            ...etcdFlags(cluster, prefix),
            ...servingFlags(cluster),
            ...flags({
                "bind-address": "127.0.0.1",
                "advertise-address": "127.0.0.1",
                "secure-port": port,
                // Else a loopback address is refused as the one to advertise.
                "endpoint-reconciler-type": "none",
                "client-ca-file": pki.caCertificate,
                "allow-privileged": true,
                "service-account-key-file": pki.serviceAccountPublicKey,
                "service-account-signing-key-file": pki.serviceAccountKey,
                ...own,
            }),
        ],
        ports: [port],
        ready: httpsProbe(cluster, port, "/readyz"),
    };
}
