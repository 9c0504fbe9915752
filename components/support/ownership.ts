import type * as pulumi from "@pulumi/pulumi";

interface Metadata {
    readonly annotations?: Readonly<Record<string, unknown>>;
}

/**
 * Marks every Kubernetes object of a component as the component's own: an update takes fields back
 * that others have changed, instead of ending in a conflict.
 */
export const owned: pulumi.ResourceTransformation = ({ type, props, opts }) => {
    const lookedUp = (opts as pulumi.CustomResourceOptions).id !== undefined;
    if (!type.startsWith("kubernetes:") || lookedUp) return undefined;
    const metadata = (props as { metadata?: Metadata }).metadata;
    const annotations = { ...metadata?.annotations, "pulumi.com/patchForce": "true" };
    return { props: { ...props, metadata: { ...metadata, annotations } }, opts };
};
