import { stringify } from "yaml";
import type { CertificateAndKey } from "./certificates";

const base64 = (text: string) => Buffer.from(text).toString("base64");

/** A kubeconfig that needs no other file; its context, cluster and user carry the cluster's name. */
export const renderKubeconfig = (
    name: string,
    server: string,
    caPem: string,
    client: CertificateAndKey,
): string =>
    stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": name,
        contexts: [{ name, context: { cluster: name, user: name } }],
        clusters: [{ name, cluster: { server, "certificate-authority-data": base64(caPem) } }],
        users: [
            {
                name,
                user: {
                    "client-certificate-data": base64(client.certPem),
                    "client-key-data": base64(client.keyPem),
                },
            },
        ],
    });
