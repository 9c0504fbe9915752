import type { KubeClient, KubeObject } from "../kube";
import { table } from "../support/table";

/** One object of the parent cluster, as it is shown. */
export interface ParentRow {
    readonly kind: string;
    readonly name: string;
    readonly state: string;
    /** What is wrong with it; undefined when nothing is. */
    readonly problem?: string;
}

interface Seen {
    readonly kind: "Node" | "StorageClass" | "Service" | "Pod";
    readonly apiVersion: string;
    readonly namespace?: string;
    readonly row: (object: KubeObject) => Omit<ParentRow, "kind">;
}

const namespace = "karmada-system";

const seen: readonly Seen[] = [
    { kind: "Node", apiVersion: "v1", row: rowOfNode },
    { kind: "StorageClass", apiVersion: "storage.k8s.io/v1", row: rowOfClass },
    { kind: "Service", apiVersion: "v1", namespace, row: rowOfService },
    { kind: "Pod", apiVersion: "v1", namespace, row: rowOfPod },
];

/** The least that a control plane cannot do without. */
const needed = ["Node", "StorageClass", "Service", "Pod"] as const;

/** Nodes and classes of volumes of the cluster that runs Karmada, Karmada's services and pods in it. */
export async function readParent(parent: KubeClient): Promise<ParentRow[]> {
    const rows = await Promise.all(
        seen.map(async ({ kind, apiVersion, namespace, row }) => {
            const objects = await parent.list(apiVersion, kind, { namespace });
            return objects.map((object) => ({ kind, ...row(object) }));
        }),
    );
    const found = rows.flat();
    const missing = needed.filter((kind) => !found.some((each) => each.kind === kind));
    return [
        ...found,
        ...missing.map((kind) => ({ kind, name: "–", state: "none", problem: "there is none" })),
    ];
}

export const parentAsText = (rows: readonly ParentRow[]): string =>
    table(
        ["KIND", "NAME", "STATE", "PROBLEM"],
        rows.map(({ kind, name, state, problem = "" }) => [kind, name, state, problem]),
    );

interface Condition {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
}

const conditionOf = ({ status }: KubeObject, type: string): Condition | undefined =>
    (status as { conditions?: Condition[] } | undefined)?.conditions?.find(
        (each) => each.type === type,
    );

const nameOf = ({ metadata }: KubeObject): string => metadata.name!;

function rowOfNode(node: KubeObject): Omit<ParentRow, "kind"> {
    const { spec } = node as unknown as { spec?: { unschedulable?: boolean } };
    const ready = conditionOf(node, "Ready")?.status === "True";
    const zone = node.metadata.labels?.["topology.kubernetes.io/zone"] ?? "no zone";
    const problem = ready ? (spec?.unschedulable ? "takes no pods" : undefined) : "not ready";
    return { name: nameOf(node), state: zone, problem };
}

function rowOfClass(storageClass: KubeObject): Omit<ParentRow, "kind"> {
    const { provisioner } = storageClass as unknown as { provisioner: string };
    return { name: nameOf(storageClass), state: provisioner };
}

function rowOfService(service: KubeObject): Omit<ParentRow, "kind"> {
    const { spec } = service as unknown as {
        spec: { type?: string; ports?: { port: number; nodePort?: number }[] };
    };
    const ports = spec.ports?.map(({ port, nodePort }) =>
        nodePort ? `${port}:${nodePort}` : port,
    );
    return {
        name: nameOf(service),
        state: `${spec.type ?? "ClusterIP"} ${(ports ?? []).join(",")}`,
    };
}

function rowOfPod(pod: KubeObject): Omit<ParentRow, "kind"> {
    const { status } = pod as unknown as { status?: { phase?: string } };
    const state = status?.phase ?? "Unknown";
    const name = nameOf(pod);
    // What a job has left behind.
    if (state === "Succeeded") return { name, state };
    const ready = conditionOf(pod, "Ready");
    if (ready?.status === "True") return { name, state };
    const why =
        conditionOf(pod, "PodScheduled")?.status === "False" ? "finds no node" : "not ready";
    return { name, state, problem: why };
}
