import { createPublicKey } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import {
    createAuthority,
    generateKey,
    issueLeaf,
    pemOf,
    type CertificateAndKey,
    type LeafRequest,
} from "./certificates";
import { apiServerName, type Cluster } from "./cluster";
import { writePrivate, writePrivateFolder } from "./files";
import { renderKubeconfig } from "./kubeconfig";
import type { Layout } from "./layout";
import { portOf } from "./ports";

const loopback: LeafRequest = {
    commonName: "loopback",
    usages: ["server"],
    dnsNames: [
        "localhost",
        // The API server asks karmada-aggregated-apiserver for this name, wherever it dials.
        "karmada-aggregated-apiserver.karmada-system.svc",
    ],
    ipAddresses: ["127.0.0.1"],
};

/** A control plane's certificates, and its etcd's; made once. */
export function ensureControlPlanePki(
    layout: Layout,
    authorityName: string,
    serving = loopback,
): void {
    if (existsSync(layout.pki)) return;
    const frontProxyCa = createAuthority("front-proxy-ca");
    const etcdCa = createAuthority("etcd-ca");
    const frontProxyClient = { commonName: "front-proxy-client", usages: ["client"] } as const;
    const etcdServer = {
        commonName: "etcd",
        usages: ["server", "client"],
        dnsNames: ["localhost"],
        ipAddresses: ["127.0.0.1"],
    } as const;
    const etcdClient = { commonName: "apiserver", usages: ["client"] } as const;
    writePrivateFolder(layout.pki, {
        ...clusterFiles(authorityName, serving),
        "front-proxy-ca.crt": frontProxyCa.certPem,
        ...leafFiles("front-proxy-client", frontProxyCa, frontProxyClient),
        "etcd-ca.crt": etcdCa.certPem,
        ...leafFiles("etcd-server", etcdCa, etcdServer),
        ...leafFiles("etcd-client", etcdCa, etcdClient),
    });
}

export function ensureMemberPki(layout: Layout, member: string): void {
    const folder = layout.memberPki(member);
    if (!existsSync(folder)) writePrivateFolder(folder, clusterFiles(`${member}-ca`, loopback));
}

/** The administrator's kubeconfig of a cluster, certificates embedded. */
export function ensureKubeconfig({ name, pki, ports, kubeconfig }: Cluster): void {
    if (existsSync(kubeconfig)) return;
    const authority = authorityOf(pki);
    const admin = issueLeaf(
        authority,
        // Karmada's proxy to the members trusts exactly this name.
        { commonName: "system:admin", organization: "system:masters", usages: ["client"] },
    );
    const server = `https://127.0.0.1:${portOf(ports, apiServerName(name))}`;
    writePrivate(kubeconfig, renderKubeconfig(name, server, authority.certPem, admin));
}

export const authorityOf = (pki: Cluster["pki"]): CertificateAndKey => ({
    certPem: readFileSync(pki.caCertificate, "utf8"),
    keyPem: readFileSync(pki.caKey, "utf8"),
});

function clusterFiles(authorityName: string, serving: LeafRequest): Record<string, string> {
    const authority = createAuthority(authorityName);
    const serviceAccountKey = generateKey();
    return {
        "ca.crt": authority.certPem,
        "ca.key": authority.keyPem,
        ...leafFiles("serving/tls", authority, serving),
        "sa.key": pemOf(serviceAccountKey),
        "sa.pub": createPublicKey(serviceAccountKey)
            .export({ type: "spki", format: "pem" })
            .toString(),
    };
}

function leafFiles(name: string, authority: CertificateAndKey, request: LeafRequest) {
    const leaf = issueLeaf(authority, request);
    return { [`${name}.crt`]: leaf.certPem, [`${name}.key`]: leaf.keyPem };
}
