import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { issueLeaf, type LeafRequest } from "../../../local/federation/certificates";
import type { Cluster } from "../../../local/federation/cluster";
import { writePrivate } from "../../../local/federation/files";
import { renderKubeconfig } from "../../../local/federation/kubeconfig";
import { authorityOf, ensureControlPlanePki } from "../../../local/federation/pki";
import { apiServerUrl, clusterName } from "./controlPlane";
import { hostAddress } from "./network";
import type { NodeSite } from "./nodes";

const serving: LeafRequest = {
    commonName: "kube-apiserver",
    usages: ["server"],
    dnsNames: [
        "localhost",
        ...["", ".svc", ".svc.cluster.local"].map((rest) => `kubernetes.default${rest}`),
    ],
    ipAddresses: ["127.0.0.1", hostAddress, "10.96.0.1"],
};

interface KeyPair {
    readonly certificate: string;
    readonly key: string;
}

export interface NodesPki {
    readonly kubeletClient: KeyPair;
    readonly proxyKubeconfig: string;
    readonly kubelets: Readonly<Record<string, { serving: KeyPair; kubeconfig: string }>>;
}

/** Certificates and kubeconfigs of everybody in the cluster; made once. */
export function ensureNodesPki(cluster: Cluster, sites: readonly NodeSite[]): NodesPki {
    const { layout } = cluster;
    ensureControlPlanePki(layout, "nodes-ca", serving);
    const made = new Issued(cluster);
    made.kubeconfig(cluster.kubeconfig, {
        commonName: "kubernetes-admin",
        organization: "system:masters",
    });
    return {
        kubeletClient: made.pair("kubelet-client", {
            commonName: "kube-apiserver-kubelet-client",
            organization: "system:masters",
            usages: ["client"],
        }),
        proxyKubeconfig: made.kubeconfig(layout.kubeconfig("kube-proxy"), {
            commonName: "system:kube-proxy",
        }),
        kubelets: Object.fromEntries(
            sites.map(({ name, address }) => [
                name,
                {
                    serving: made.pair(name, {
                        commonName: `system:node:${name}`,
                        organization: "system:nodes",
                        usages: ["server"],
                        dnsNames: [name],
                        ipAddresses: [address],
                    }),
                    kubeconfig: made.kubeconfig(layout.kubeconfig(name), {
                        commonName: `system:node:${name}`,
                        organization: "system:nodes",
                    }),
                },
            ]),
        ),
    };
}

class Issued {
    constructor(private readonly cluster: Cluster) {}

    pair(name: string, request: LeafRequest): KeyPair {
        const at = (suffix: string) => path.join(this.cluster.layout.pki, `${name}.${suffix}`);
        const files = { certificate: at("crt"), key: at("key") };
        if (!existsSync(files.certificate)) {
            const leaf = issueLeaf(authorityOf(this.cluster.pki), request);
            writePrivate(files.key, leaf.keyPem);
            writePrivate(files.certificate, leaf.certPem);
        }
        return files;
    }

    kubeconfig(file: string, who: Pick<LeafRequest, "commonName" | "organization">): string {
        if (!existsSync(file)) {
            const client = issueLeaf(authorityOf(this.cluster.pki), { ...who, usages: ["client"] });
            const ca = readFileSync(this.cluster.pki.caCertificate, "utf8");
            writePrivate(
                file,
                renderKubeconfig(clusterName, apiServerUrl(this.cluster), ca, client),
            );
        }
        return file;
    }
}
