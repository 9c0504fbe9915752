import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

interface AnyObject {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: {
        readonly name: string;
        readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly [field: string]: unknown;
}

/** An object in Karmada's API, of whatever kind; `until` is the condition that is waited for. */
export function declareObject(
    name: string,
    object: AnyObject,
    opts: pulumi.CustomResourceOptions,
    until?: string,
): pulumi.Resource {
    const waiting = until && { "pulumi.com/waitFor": `condition=${until}` };
    const annotations = waiting && { ...object.metadata.annotations, ...waiting };
    return new k8s.apiextensions.CustomResource(
        `${name}-${object.kind.toLowerCase()}-${object.metadata.name}`,
        { ...object, metadata: { ...object.metadata, ...(annotations ? { annotations } : {}) } },
        opts,
    );
}
