import { at, listAt, textAt } from "../frame/read";
import type { Resource } from "../frame/rule";

export const statefulSet = "kubernetes:apps/v1:StatefulSet";
export const deployment = "kubernetes:apps/v1:Deployment";

/** Where the pod stands in each kind that makes pods. */
const podAt: Readonly<Record<string, readonly string[]>> = {
    "kubernetes:core/v1:Pod": ["spec"],
    [statefulSet]: ["spec", "template", "spec"],
    [deployment]: ["spec", "template", "spec"],
    "kubernetes:apps/v1:DaemonSet": ["spec", "template", "spec"],
    "kubernetes:apps/v1:ReplicaSet": ["spec", "template", "spec"],
    "kubernetes:batch/v1:Job": ["spec", "template", "spec"],
    "kubernetes:batch/v1:CronJob": ["spec", "jobTemplate", "spec", "template", "spec"],
};

export const podTypes = Object.keys(podAt);

export interface Placed {
    readonly value: unknown;
    /** Where it stands, as messages name it. */
    readonly path: string;
}

export function podSpecOf({ type, props }: Resource): Placed {
    const way = podAt[type]!;
    return { value: at(props, ...way), path: way.join(".") };
}

export function containersOf(pod: Placed): Placed[] {
    return ["initContainers", "containers"].flatMap((list) =>
        listAt(pod.value, list).map((value, index) => ({
            value,
            path: `${pod.path}.${list}[${index}]`,
        })),
    );
}

/** The object's name in Kubernetes. */
export const objectName = ({ props }: Resource) => textAt(props, "metadata", "name");
export const namespaceOf = ({ props }: Resource) => textAt(props, "metadata", "namespace");

/** "registry.k8s.io/etcd:3.6.8-0@sha256:…" taken apart. */
export function imageParts(image: string): {
    readonly repository: string;
    readonly tag?: string;
    readonly digest?: string;
} {
    const [named = "", digest] = image.split("@");
    const colon = named.lastIndexOf(":");
    return colon > named.lastIndexOf("/")
        ? { repository: named.slice(0, colon), tag: named.slice(colon + 1), digest }
        : { repository: named, digest };
}
