import { KubeObject, refOf } from "../../kube";
import type { PropertyMap } from "../protocol/provider";
import { annotation } from "./annotations";
import { isAnothers } from "./apply";
import { untilGone, WaitOptions } from "./await/wait";
import { Configuration } from "./configuration";
import { forgiving } from "./failures";

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

/** Gives up all fields that this manager has set; those that nobody else has set go. */
export async function letGo(
    { client, deleteUnreachable }: Configuration,
    object: KubeObject,
    fieldManager: unknown,
): Promise<void> {
    const { apiVersion, kind, ...metadata } = refOf(object);
    await forgiving(deleteUnreachable, async () => {
        // Applying to what is gone would make it anew.
        if (typeof fieldManager === "string" && (await client.get(refOf(object)))) {
            await client.apply({ apiVersion, kind, metadata }, { fieldManager });
        }
    });
}

/** Deletes an object with all it owns and waits until it is gone. One that is gone already is fine. */
export async function removeObject(
    { client, deleteUnreachable }: Configuration,
    object: KubeObject,
    state: PropertyMap,
    options: WaitOptions,
): Promise<void> {
    const ref = refOf(object);
    await forgiving(deleteUnreachable, async () => {
        const live = await client.get(ref);
        if (!live || isAnothers(live, state)) return;
        await client.remove(ref, { propagationPolicy: propagationOf(object) });
        const unwatched = mayGoUnwatched.includes(`${object.apiVersion}/${object.kind}`);
        if (annotation(object, "skipAwait") !== "true" || !unwatched) {
            await untilGone(client, live, options);
        }
    });
}

function propagationOf(object: KubeObject): "Foreground" | "Background" | "Orphan" {
    const asked = annotation(object, "deletionPropagation")?.toLowerCase();
    const others = ["Background", "Orphan"] as const;
    return others.find((policy) => policy.toLowerCase() === asked) ?? "Foreground";
}
