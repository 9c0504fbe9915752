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

const defaultTimeoutSeconds = 600;

/** The resource option comes before the annotation. */
export function timeoutMsOf(object: KubeObject, customSeconds: number | undefined): number {
    const annotated = Number(annotation(object, "timeoutSeconds"));
    return (customSeconds ?? (annotated > 0 ? annotated : defaultTimeoutSeconds)) * 1000;
}
