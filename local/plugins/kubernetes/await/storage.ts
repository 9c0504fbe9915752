import { KubeObject, ObjectRef } from "../../../kube";
import { ready, Readiness, statusOf, waiting } from "./readiness";

export function storageClass({ spec }: KubeObject): readonly ObjectRef[] {
    const { storageClassName: name } = spec as { storageClassName?: string };
    return name ? [{ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", name }] : [];
}

/** A class may bind a claim only when a pod uses it. */
export function volumeClaim(object: KubeObject, classes: readonly KubeObject[] = []): Readiness {
    const isLate = classes.some((each) => each.volumeBindingMode === "WaitForFirstConsumer");
    return reached(isLate ? ["Bound", "Pending"] : ["Bound"], "bound to a volume", object);
}

export function volume(object: KubeObject): Readiness {
    return reached(["Available", "Bound"], "available", object);
}

function reached(phases: readonly string[], goal: string, object: KubeObject): Readiness {
    const { phase = "not set" } = statusOf<{ phase: string }>(object);
    return phases.includes(phase) ? ready : waiting(`it is not ${goal} (phase ${phase})`);
}
