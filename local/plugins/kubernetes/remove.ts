import { isAbsent, KindNotServedError, KubeError, KubeObject, refOf } from "../../kube";
import { annotation } from "./annotations";
import { patiently } from "./apply";
import { untilGone, WaitOptions } from "./await/wait";
import { Configuration } from "./configuration";

/** Asked not to wait, only these kinds go without being waited for; as with the official provider. */
const mayGoUnwatched = [
    "apps/v1/DaemonSet",
    "apps/v1/Deployment",
    "apps/v1/StatefulSet",
    "batch/v1/Job",
    "v1/Namespace",
    "v1/Pod",
    "v1/ReplicationController",
];

/** Deletes an object with all it owns and waits until it is gone. One that is gone already is fine. */
export async function removeObject(
    { client, deleteUnreachable }: Configuration,
    object: KubeObject,
    options: WaitOptions,
): Promise<void> {
    const ref = refOf(object);
    try {
        const live = await client.get(ref);
        if (!live) {
            return;
        }
        const propagationPolicy = propagationOf(object);
        await patiently(() => client.remove(ref, { propagationPolicy }), options.signal);
        const unwatched = mayGoUnwatched.includes(`${object.apiVersion}/${object.kind}`);
        if (annotation(object, "skipAwait") !== "true" || !unwatched) {
            await untilGone(client, live, options);
        }
    } catch (error) {
        // Without its definition there are no objects of a kind.
        if (error instanceof KindNotServedError || isNotFound(error)) {
            return;
        }
        if (!isAbsent(error)) {
            throw error;
        }
        if (!deleteUnreachable) {
            throw new Error(
                `${(error as Error).message}. If the cluster is gone for good, set PULUMI_K8S_DELETE_UNREACHABLE=true to forget its objects`,
            );
        }
    }
}

function isNotFound(error: unknown): boolean {
    return error instanceof KubeError && error.status === 404;
}

function propagationOf(object: KubeObject): "Foreground" | "Background" | "Orphan" {
    switch (annotation(object, "deletionPropagation")?.toLowerCase()) {
        case "orphan":
            return "Orphan";
        case "background":
            return "Background";
        default:
            return "Foreground";
    }
}
