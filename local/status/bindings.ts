import { divideReplicas } from "../../components/workload/division";
import type { KubeObject } from "../kube";

export interface MemberShare {
    readonly cluster: string;
    /** What the weights give this member by our own arithmetic; null where no weights decide. */
    readonly predicted: number | null;
    /** What Karmada's scheduler decided. */
    readonly wanted: number;
    /** What the member reports as ready. */
    readonly running: number;
}

export interface WorkloadStatus {
    readonly namespace: string;
    readonly name: string;
    readonly kind: string;
    readonly replicas: number;
    readonly members: readonly MemberShare[];
}

/** The part of Karmada's ResourceBinding that tells where a workload is, and where it should be. */
interface Binding {
    readonly spec: {
        readonly resource: {
            readonly kind: string;
            readonly namespace?: string;
            readonly name: string;
            readonly uid?: string;
        };
        readonly replicas?: number;
        readonly clusters?: readonly { readonly name: string; readonly replicas?: number }[];
        readonly placement?: {
            readonly replicaScheduling?: {
                readonly weightPreference?: { readonly staticWeightList?: readonly StaticWeight[] };
            };
        };
    };
    readonly status?: {
        readonly aggregatedStatus?: readonly {
            readonly clusterName: string;
            readonly status?: { readonly readyReplicas?: number };
        }[];
    };
}

interface StaticWeight {
    readonly targetCluster: { readonly clusterNames?: readonly string[] };
    readonly weight: number;
}

export function workloadOf(object: KubeObject): WorkloadStatus {
    const { spec, status } = object as unknown as Binding;
    const { resource, replicas = 0 } = spec;
    const weights = weightsOf(
        spec.placement?.replicaScheduling?.weightPreference?.staticWeightList ?? [],
    );
    const predicted =
        Object.keys(weights).length > 0 && divideReplicas(replicas, weights, resource.uid);
    const wanted = new Map(spec.clusters?.map(({ name, replicas = 0 }) => [name, replicas]));
    const running = new Map(
        status?.aggregatedStatus?.map((item) => [
            item.clusterName,
            item.status?.readyReplicas ?? 0,
        ]),
    );
    const clusters = new Set([...Object.keys(weights), ...wanted.keys(), ...running.keys()]);
    return {
        namespace: resource.namespace ?? "",
        name: resource.name,
        kind: resource.kind,
        replicas,
        members: [...clusters].sort().map((cluster) => ({
            cluster,
            predicted: predicted ? (predicted[cluster] ?? 0) : null,
            wanted: wanted.get(cluster) ?? 0,
            running: running.get(cluster) ?? 0,
        })),
    };
}

/** Where several entries name a member, Karmada takes the highest weight. */
function weightsOf(list: readonly StaticWeight[]): Record<string, number> {
    const weights: Record<string, number> = {};
    for (const { targetCluster, weight } of list) {
        for (const name of targetCluster.clusterNames ?? []) {
            weights[name] = Math.max(weights[name] ?? 0, weight);
        }
    }
    return weights;
}

/** Karmada decided as predicted, and each member runs what it was given. */
export const isSettled = ({ members }: WorkloadStatus): boolean =>
    members.every(
        ({ predicted, wanted, running }) =>
            running === wanted && (predicted === null || predicted === wanted),
    );
