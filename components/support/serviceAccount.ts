import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

export interface AccountMetadata {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
}

/** A service account, and the Secret with a token of it that does not end. */
export function declareAccount(
    resourceName: string,
    metadata: AccountMetadata,
    opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Secret {
    const owner = new k8s.core.v1.ServiceAccount(`${resourceName}-account`, { metadata }, opts);
    const annotations = {
        "kubernetes.io/service-account.name": metadata.name,
        // The token is filled in a moment after the Secret exists.
        "pulumi.com/waitFor": "jsonpath={.data.token}",
    };
    return new k8s.core.v1.Secret(
        `${resourceName}-token`,
        { type: "kubernetes.io/service-account-token", metadata: { ...metadata, annotations } },
        pulumi.mergeOptions(opts, { dependsOn: owner }),
    );
}
