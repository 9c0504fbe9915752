import { refOf, type KubeClient, type KubeObject } from "../kube";
import type { MemberSpec } from "./options";

/** What kwok pretends; large enough that capacity decides only where a workload asks for much. */
const resources = { cpu: "32", memory: "128Gi", pods: "250" };

/** The nodes of a member, spread over its zones. */
export const nodesOf = ({ name, region, zones, nodes }: MemberSpec): KubeObject[] =>
    Array.from({ length: nodes }, (_, index) => {
        const hostname = `${name}-${index + 1}`;
        const zone = zones[index % zones.length];
        return {
            apiVersion: "v1",
            kind: "Node",
            metadata: {
                name: hostname,
                labels: {
                    "kubernetes.io/hostname": hostname,
                    "kubernetes.io/os": "linux",
                    ...(region && { "topology.kubernetes.io/region": region }),
                    ...(zone && { "topology.kubernetes.io/zone": zone }),
                },
            },
            status: { allocatable: resources, capacity: resources },
        };
    });

/** Makes the member's nodes those of its specification. */
export async function ensureNodes(client: KubeClient, member: MemberSpec): Promise<void> {
    const wanted = new Map(nodesOf(member).map((node) => [node.metadata.name, node]));
    const present = await client.list("v1", "Node");
    const surplus = present.filter(({ metadata }) => !wanted.has(metadata.name));
    const names = new Set(present.map(({ metadata }) => metadata.name));
    await Promise.all([
        ...surplus.map((node) => client.remove(refOf(node))),
        ...[...wanted.values()].map((node) =>
            names.has(node.metadata.name)
                ? client.patch(refOf(node), { metadata: { labels: node.metadata.labels } }, "merge")
                : client.create(node),
        ),
    ]);
}
