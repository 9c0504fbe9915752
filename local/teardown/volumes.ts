import { KubeClient, type KubeObject } from "../kube";
import type { Leftover } from "./plan";
import { parseUrn, urnOfProvider } from "../support/urns";
import type { StateResource } from "./state";

/** Volumes that outlive their claims, and those clusters that could not be asked for theirs. */
export interface Volumes {
    readonly kept: readonly Leftover[];
    readonly notAsked: readonly string[];
}

const answerWithinMs = 20_000;

/**
 * Clusters make their volumes themselves, so the state does not know them. Each cluster in which the
 * stack has a class whose volumes are kept is asked, while it is still there.
 */
export async function keptVolumes(resources: readonly StateResource[]): Promise<Volumes> {
    const classes = resources.filter(
        ({ type, inputs }) =>
            type === "kubernetes:storage.k8s.io/v1:StorageClass" &&
            inputs?.reclaimPolicy === "Retain",
    );
    const found = await Promise.all(
        classes.map(async (each): Promise<Volumes> => {
            try {
                return { kept: await volumesBeside(each, resources), notAsked: [] };
            } catch (error) {
                const why = (error as Error).message;
                return { kept: [], notAsked: [`cluster of ${parseUrn(each.urn).name}: ${why}`] };
            }
        }),
    );
    return {
        kept: found.flatMap(({ kept }) => kept),
        notAsked: found.flatMap(({ notAsked }) => notAsked),
    };
}

async function volumesBeside(
    storageClass: StateResource,
    resources: readonly StateResource[],
): Promise<Leftover[]> {
    const reference = urnOfProvider(storageClass.provider ?? "");
    const provider = resources.find(({ urn }) => urn === reference);
    const kubeconfig = provider?.inputs?.kubeconfig;
    if (typeof kubeconfig !== "string") throw new Error("its kubeconfig is not in the state");
    const client = KubeClient.fromKubeconfig(kubeconfig);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
        const message = `no answer in ${answerWithinMs / 1_000} seconds`;
        timer = setTimeout(() => reject(new Error(message)), answerWithinMs);
    });
    try {
        const volumes = await Promise.race([client.list("v1", "PersistentVolume"), late]);
        return volumes.flatMap(leftoverOf);
    } finally {
        clearTimeout(timer);
        await client.close();
    }
}

function leftoverOf(volume: KubeObject): Leftover[] {
    const { spec } = volume as unknown as {
        spec: {
            persistentVolumeReclaimPolicy?: string;
            csi?: { volumeHandle: string };
            claimRef?: { namespace: string; name: string };
        };
    };
    if (spec.persistentVolumeReclaimPolicy !== "Retain") return [];
    const { claimRef } = spec;
    const what = claimRef ? `Volume of ${claimRef.namespace}/${claimRef.name}` : "Volume";
    const id = spec.csi?.volumeHandle ?? volume.metadata.name!;
    return [{ what, id, why: "its storage class keeps volumes" }];
}
