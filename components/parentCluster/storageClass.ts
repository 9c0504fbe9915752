import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { storageClassName } from "./storageClassName";

export interface StorageFacts {
    readonly region: string;
    readonly clusterName: string;
    readonly kubeconfig: pulumi.Output<string>;
    readonly keepVolumes: boolean;
}

/** Encrypted volumes, each made in the zone of the pod that needs it. */
export function declareStorageClass(
    name: string,
    { region, clusterName, kubeconfig, keepVolumes }: StorageFacts,
    opts: pulumi.CustomResourceOptions,
): k8s.storage.v1.StorageClass {
    const provider = new k8s.Provider(
        `${name}-provider`,
        {
            kubeconfig,
            // The address and the authority may change: it is the same cluster.
            clusterIdentifier: `${region}/${clusterName}`,
            enableSecretMutable: true,
        },
        opts,
    );
    return new k8s.storage.v1.StorageClass(
        `${name}-${storageClassName}`,
        {
            metadata: { name: storageClassName },
            provisioner: "ebs.csi.aws.com",
            parameters: { type: "gp3", encrypted: "true" },
            volumeBindingMode: "WaitForFirstConsumer",
            allowVolumeExpansion: true,
            reclaimPolicy: keepVolumes ? "Retain" : "Delete",
        },
        {
            parent: opts.parent,
            provider,
            // The provider would try to change it in place, which Kubernetes refuses.
            replaceOnChanges: ["reclaimPolicy"],
            deleteBeforeReplace: true,
        },
    );
}
