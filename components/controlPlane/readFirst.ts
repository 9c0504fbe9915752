import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

export interface Prerequisites {
    readonly storageClassName: string;
    readonly monitored: boolean;
}

/**
 * What the parent cluster must have is looked up before anything is made in it, in a preview too once
 * the cluster is known. When it is missing the engine tells a resource's name and what it looked for:
 * so the names are those of the arguments.
 */
export function readFirst(
    name: string,
    { storageClassName, monitored }: Prerequisites,
    inParent: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    const rules = "prometheusrules.monitoring.coreos.com";
    return [
        k8s.storage.v1.StorageClass.get(
            `${name}.etcd.storageClassName`,
            storageClassName,
            inParent,
        ),
        ...(monitored
            ? [
                  k8s.apiextensions.v1.CustomResourceDefinition.get(
                      `${name}.monitoring`,
                      rules,
                      inParent,
                  ),
              ]
            : []),
    ];
}
