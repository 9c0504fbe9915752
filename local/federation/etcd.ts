import { readFileSync } from "node:fs";
import { etcdName } from "./cluster";
import { flags } from "./flags";
import type { Layout } from "./layout";
import { pkiFiles } from "./pkiFiles";
import { portOf, type Ports } from "./ports";
import type { ProcessSpec } from "./processes";

export const etcdPeerPort = `${etcdName}.peer`;

/** One for all clusters; each has its own prefix in it. */
export function etcdSpec(layout: Layout, ports: Ports, binary: string): ProcessSpec {
    const pki = pkiFiles(layout.pki);
    const port = portOf(ports, etcdName);
    const peerPort = portOf(ports, etcdPeerPort);
    const client = `https://127.0.0.1:${port}`;
    const peer = `https://127.0.0.1:${peerPort}`;
    return {
        name: etcdName,
        command: binary,
        args: flags({
            name: etcdName,
            "data-dir": layout.etcdData,
            "listen-client-urls": client,
            "advertise-client-urls": client,
            "listen-peer-urls": peer,
            "initial-advertise-peer-urls": peer,
            "initial-cluster": `${etcdName}=${peer}`,
            // Other users of the machine reach loopback too.
            "client-cert-auth": true,
            "trusted-ca-file": pki.etcdCa,
            "cert-file": pki.etcdServerCertificate,
            "key-file": pki.etcdServerKey,
            "peer-client-cert-auth": true,
            "peer-trusted-ca-file": pki.etcdCa,
            "peer-cert-file": pki.etcdServerCertificate,
            "peer-key-file": pki.etcdServerKey,
            // Alone, it need not wait for anybody before it elects itself.
            "heartbeat-interval": 20,
            "election-timeout": 100,
            // The data may be thrown away, and every write would wait for the disk.
            "unsafe-no-fsync": true,
            "snapshot-count": 5000,
            "quota-backend-bytes": 2 * 1024 ** 3,
            "log-level": "warn",
        }),
        ports: [port, peerPort],
        ready: {
            url: `${client}/readyz`,
            ca: readFileSync(pki.etcdCa, "utf8"),
            cert: readFileSync(pki.etcdClientCertificate, "utf8"),
            key: readFileSync(pki.etcdClientKey, "utf8"),
        },
    };
}
