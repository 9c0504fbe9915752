export interface EksAccess {
    readonly clusterName: string;
    readonly region: string;
    readonly server: string;
    /** In base64, as EKS gives it. */
    readonly authority: string;
}

/**
 * A kubeconfig without any credential: who uses it proves by the AWS CLI who they are. It has nothing
 * in it that changes by itself.
 */
export function execKubeconfig({ clusterName, region, server, authority }: EksAccess): string {
    const exec = {
        apiVersion: "client.authentication.k8s.io/v1beta1",
        command: "aws",
        args: [
            "eks",
            "get-token",
            "--cluster-name",
            clusterName,
            "--region",
            region,
            "--output",
            "json",
        ],
        interactiveMode: "Never",
    };
    // JSON is YAML, and keeps the order of keys: the same input is the same text.
    return JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": clusterName,
        clusters: [
            { name: clusterName, cluster: { server, "certificate-authority-data": authority } },
        ],
        users: [{ name: clusterName, user: { exec } }],
        contexts: [{ name: clusterName, context: { cluster: clusterName, user: clusterName } }],
    });
}
