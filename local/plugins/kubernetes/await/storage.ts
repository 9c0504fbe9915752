import { KubeObject, ObjectRef } from "../../../kube";
import { ready, Readiness, statusOf, waiting } from "./readiness";

export function storageClass({ spec }: KubeObject): readonly ObjectRef[] {
    const { storageClassName: name } = spec as { storageClassName?: string };
    return name ? [{ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", name }] : [];
}

/** A class may bind a claim only when a pod uses it. */
export function volumeClaim(object: KubeObject, classes: readonly KubeObject[] = []): Readiness {
    const { phase } = statusOf<{ phase: string }>(object);
    const late = classes.some(
        ({ volumeBindingMode }) => volumeBindingMode === "WaitForFirstConsumer",
    );
    return phase === "Bound" || (late && phase === "Pending")
        ? ready
        : waiting(`it is not bound to a volume (phase ${phase ?? "not set"})`);
}

export function volume(object: KubeObject): Readiness {
    const { phase } = statusOf<{ phase: string }>(object);
    return phase === "Available" || phase === "Bound"
        ? ready
        : waiting(`it is not available (phase ${phase ?? "not set"})`);
}
