import { KubeObject } from "../../kube";

/** What users set on an object to tell the provider what to do; none of it means anything to Kubernetes. */
export const annotations = {
    autonamed: "pulumi.com/autonamed",
    deletionPropagation: "pulumi.com/deletionPropagationPolicy",
    fieldManager: "pulumi.com/patchFieldManager",
    patchForce: "pulumi.com/patchForce",
    replaceUnready: "pulumi.com/replaceUnready",
    skipAwait: "pulumi.com/skipAwait",
    timeoutSeconds: "pulumi.com/timeoutSeconds",
    waitFor: "pulumi.com/waitFor",
} as const;

export function annotation(object: KubeObject, name: keyof typeof annotations): string | undefined {
    return object.metadata.annotations?.[annotations[name]];
}
