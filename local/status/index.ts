import type { KubeClient, KubeObject } from "../kube";
import { table } from "../support/table";
import { workloadOf, type WorkloadStatus } from "./bindings";

export { isSettled } from "./bindings";
export { withLocalKarmada } from "./karmada";

export interface MemberStatus {
    readonly name: string;
    readonly mode: string;
    readonly ready: boolean;
    readonly region: string;
}

export interface Status {
    readonly workloads: readonly WorkloadStatus[];
    readonly members: readonly MemberStatus[];
}

/** What Karmada's own API knows of its members and of the workloads spread over them. */
export async function readStatus(karmada: KubeClient): Promise<Status> {
    const [bindings, clusters] = await Promise.all([
        karmada.list("work.karmada.io/v1alpha2", "ResourceBinding"),
        karmada.list("cluster.karmada.io/v1alpha1", "Cluster"),
    ]);
    return {
        workloads: bindings.map(workloadOf).filter(({ members }) => members.length > 0),
        members: clusters.map(memberOf),
    };
}

function memberOf(object: KubeObject): MemberStatus {
    const { spec, status } = object as unknown as {
        spec: { syncMode: string; region?: string };
        status?: { conditions?: { type: string; status: string }[] };
    };
    const ready = status?.conditions?.some((c) => c.type === "Ready" && c.status === "True");
    return {
        name: object.metadata.name!,
        mode: spec.syncMode.toLowerCase(),
        ready: ready ?? false,
        region: spec.region ?? "",
    };
}

/** For machines: stable, and only what a machine may build on. */
export const statusAsJson = ({ workloads, members }: Status) => ({
    workloads: workloads.map(({ namespace, name, replicas, members }) => ({
        namespace,
        name,
        replicas,
        members: members.map(({ cluster, predicted, running }) => ({
            cluster,
            predicted,
            running,
        })),
    })),
    members,
});

export function statusAsText({ workloads, members }: Status): string {
    if (members.length === 0) return "No member has joined.";
    const memberTable = table(
        ["MEMBER", "REGION", "MODE", "READY"],
        members.map(({ name, region, mode, ready }) => [name, region, mode, ready ? "yes" : "no"]),
    );
    return [memberTable, ...workloads.map(workloadAsText)].join("\n\n");
}

export function workloadAsText({
    namespace,
    name,
    kind,
    replicas,
    members,
}: WorkloadStatus): string {
    const rows = members.map(({ cluster, predicted, wanted, running }) => [
        cluster,
        wanted,
        predicted ?? "–",
        running,
    ]);
    const title = `${kind} ${namespace}/${name}, ${replicas} replicas`;
    return `${title}\n${table(["MEMBER", "WANTED", "PREDICTED", "RUNNING"], rows)}`;
}
