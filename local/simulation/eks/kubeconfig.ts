export interface Access {
    readonly region: string;
    readonly clusterName: string;
    readonly server: string;
    readonly authority: string;
}

/** As the component writes it: whoever uses it is known by the AWS CLI. */
export const kubeconfigOf = ({ region, clusterName, server, authority }: Access) => ({
    apiVersion: "v1",
    clusters: [
        {
            cluster: { server, "certificate-authority-data": authority },
            name: "kubernetes",
        },
    ],
    contexts: [{ context: { cluster: "kubernetes", user: "aws" }, name: "aws" }],
    "current-context": "aws",
    kind: "Config",
    users: [
        {
            name: "aws",
            user: {
                exec: {
                    apiVersion: "client.authentication.k8s.io/v1beta1",
                    command: "aws",
                    args: [
                        "--region",
                        region,
                        "eks",
                        "get-token",
                        "--cluster-name",
                        clusterName,
                        "--output",
                        "json",
                    ],
                },
            },
        },
    ],
});
