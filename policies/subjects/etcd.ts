import { at, listAt, shown, textAt, textsAt } from "../frame/read";
import type { Resource } from "../frame/rule";
import { commands, karmadactlCalls } from "./commandLines";
import { helmTypes, isKarmadaChart, karmadaObject } from "./karmada";
import { imageParts, podSpecOf, statefulSet } from "./kubernetes";

export const etcdTypes = [statefulSet, ...helmTypes, karmadaObject, ...commands] as const;

/** An etcd that a resource runs, in whichever of the forms there are. */
export interface Etcd {
    /** Where its number of members is said. */
    readonly path: string;
    readonly members: unknown;
    /** Where it keeps its data, and what that is. */
    readonly storagePath: string;
    readonly storage: "volumes" | "node" | "pod" | "unclear";
}

export function etcdsOf(resource: Resource): Etcd[] {
    if (resource.type === statefulSet) return ofStatefulSet(resource);
    if (resource.type === karmadaObject) return ofOperator(resource);
    return (helmTypes as readonly string[]).includes(resource.type)
        ? ofChart(resource)
        : ofCommand(resource);
}

/** By what it runs: names and labels are anybody's. */
export function etcdContainerOf(resource: Resource): unknown {
    return listAt(podSpecOf(resource).value, "containers").find((container) => {
        const program = textsAt(container, "command")[0] ?? "";
        const { repository } = imageParts(textAt(container, "image") ?? "");
        return /(^|\/)etcd$/.test(program) || /(^|\/)etcd$/.test(repository);
    });
}

function ofStatefulSet(resource: Resource): Etcd[] {
    if (etcdContainerOf(resource) === undefined) return [];
    const pod = podSpecOf(resource).value;
    const claims = listAt(resource.props, "spec", "volumeClaimTemplates").length > 0;
    const kinds = listAt(pod, "volumes");
    const node = kinds.some((volume) => at(volume, "hostPath") !== undefined);
    return [
        {
            path: "spec.replicas",
            members: at(resource.props, "spec", "replicas") ?? 1,
            storagePath: claims ? "spec.template.spec.volumes" : "spec.volumeClaimTemplates",
            storage: node ? "node" : claims ? "volumes" : "pod",
        },
    ];
}

function ofOperator({ props }: Resource): Etcd[] {
    const local = at(props, "spec", "components", "etcd", "local");
    const external = at(props, "spec", "components", "etcd", "external");
    if (external !== undefined) return [];
    const data = at(local, "volumeData");
    const path = "spec.components.etcd.local";
    return [
        {
            path: `${path}.replicas`,
            members: at(local, "replicas") ?? 1,
            storagePath: `${path}.volumeData`,
            storage:
                at(data, "hostPath") !== undefined
                    ? "node"
                    : at(data, "volumeClaim") !== undefined
                      ? "volumes"
                      : "pod",
        },
    ];
}

function ofChart(resource: Resource): Etcd[] {
    const etcd = at(resource.props, "values", "etcd");
    if (!isKarmadaChart(resource) || textAt(etcd, "mode") === "external") return [];
    const path = "values.etcd.internal";
    return [
        {
            path: `${path}.replicaCount`,
            members: at(etcd, "internal", "replicaCount") ?? 1,
            storagePath: `${path}.storageType`,
            storage: at(etcd, "internal", "storageType") === "pvc" ? "volumes" : "node",
        },
    ];
}

function ofCommand(resource: Resource): Etcd[] {
    return karmadactlCalls(resource)
        .filter(({ subcommand, flags }) => subcommand === "init" && !flags["external-etcd-servers"])
        .map(({ path, flags }) => {
            const members = flags["etcd-replicas"] ?? "1";
            const mode = flags["etcd-storage-mode"] ?? "hostPath";
            const kinds = { PVC: "volumes", hostPath: "node", emptyDir: "pod" } as const;
            return {
                path: `${path}: --etcd-replicas`,
                members: /^\d+$/.test(members) ? Number(members) : members,
                storagePath: `${path}: --etcd-storage-mode`,
                storage: kinds[mode as keyof typeof kinds] ?? "unclear",
            };
        });
}

export const membersShown = ({ path, members }: Etcd) => `${path} is ${shown(members)}`;
