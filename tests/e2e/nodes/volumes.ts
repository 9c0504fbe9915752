import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import { refOf, type KubeClient, type KubeObject } from "../../../local/kube";
import { storageClassName } from "./addons";
import type { NodeSite } from "./nodes";

/** Folders of a node's disk that stand for volumes of the cloud. */
const perNode = 4;

/**
 * Every volume that no claim is bound to becomes an empty, new one. Never under its old name: the
 * kubelet may keep to what it knew of that.
 */
export async function renewVolumes(client: KubeClient, sites: readonly NodeSite[]): Promise<void> {
    const kept = new Map(sites.map(({ name }) => [name, 0]));
    for (const volume of await client.list("v1", "PersistentVolume")) {
        const { node, folder } = placeOf(volume);
        if (!kept.has(node)) continue;
        if ((volume["status"] as { phase?: string }).phase === "Bound") {
            kept.set(node, kept.get(node)! + 1);
        } else {
            await client.remove(refOf(volume));
            rmSync(folder, { recursive: true, force: true });
        }
    }
    await Promise.all(
        sites.flatMap((site) =>
            Array.from({ length: perNode - kept.get(site.name)! }, () =>
                client.create(newVolume(site)),
            ),
        ),
    );
}

const nodeAnnotation = "pulumi-karmada-eks/node";

function placeOf(volume: KubeObject): { node: string; folder: string } {
    const { local } = volume["spec"] as { local?: { path: string } };
    return {
        node: volume.metadata.annotations?.[nodeAnnotation] ?? "",
        folder: local?.path ?? "",
    };
}

function newVolume({ name: node, folder }: NodeSite): KubeObject {
    const name = `${node}-${randomBytes(4).toString("hex")}`;
    const place = path.join(folder, "volumes", name);
    mkdirSync(place, { recursive: true });
    return {
        apiVersion: "v1",
        kind: "PersistentVolume",
        metadata: { name, annotations: { [nodeAnnotation]: node } },
        spec: {
            capacity: { storage: "20Gi" },
            accessModes: ["ReadWriteOnce"],
            storageClassName,
            persistentVolumeReclaimPolicy: "Retain",
            local: { path: place },
            nodeAffinity: {
                required: {
                    nodeSelectorTerms: [
                        {
                            matchExpressions: [
                                {
                                    key: "kubernetes.io/hostname",
                                    operator: "In",
                                    values: [node],
                                },
                            ],
                        },
                    ],
                },
            },
        },
    };
}
