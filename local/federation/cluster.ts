import { readFileSync } from "node:fs";
import { flags } from "./flags";
import type { Layout } from "./layout";
import { pkiFiles } from "./pkiFiles";
import type { Ports } from "./ports";
import type { Probe } from "./probe";

/** What the processes of one cluster, Karmada's or a member's, have in common. */
export interface Cluster {
    readonly name: string;
    readonly layout: Layout;
    readonly ports: Ports;
    readonly pki: ReturnType<typeof pkiFiles>;
    readonly kubeconfig: string;
}

export const karmadaName = "karmada";
export const etcdName = "etcd";
export const apiServerName = (cluster: string) => `${cluster}.kube-apiserver`;

export const clusterOf = (layout: Layout, ports: Ports, name: string): Cluster => ({
    name,
    layout,
    ports,
    pki: pkiFiles(name === karmadaName ? layout.pki : layout.memberPki(name)),
    kubeconfig: layout.kubeconfig(name),
});

export const servingFlags = ({ pki }: Cluster) =>
    flags({
        "tls-cert-file": pki.servingCertificate,
        "tls-private-key-file": pki.servingKey,
    });

export const httpsProbe = ({ pki }: Cluster, port: number, path: string): Probe => ({
    url: `https://127.0.0.1:${port}${path}`,
    ca: readFileSync(pki.caCertificate, "utf8"),
});

export const httpProbe = (port: number, path: string): Probe => ({
    url: `http://127.0.0.1:${port}${path}`,
});
