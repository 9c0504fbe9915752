import { type Problem, shown } from "../support/problems";
import { mostInZone, ZoneSpread } from "./etcd/etcdPlan";
import type { ParentNode } from "./parentNodes";
import type { Redundancy } from "./weaknesses";

/** For what there is no place on these nodes, and which loss of them would stop Karmada. */
export function shortages(facts: Redundancy, nodes: readonly ParentNode[]): Problem[] {
    const { etcd, servers, controllers } = facts;
    return [
        ...checkNodes("etcd.members", etcd.members, nodes.length, "Add nodes, or use fewer."),
        ...(etcd.members > 1 && etcd.zoneSpread !== ZoneSpread.Preferred
            ? checkZones(etcd.members, nodes)
            : []),
        ...Object.entries({ servers, controllers }).flatMap(([path, replicas]) =>
            checkNodes(path, replicas, nodes.length, `Add nodes, or use ${nodes.length || 1}.`),
        ),
    ];
}

function checkNodes(path: string, wanted: number, nodes: number, remedy: string): Problem[] {
    if (wanted <= nodes) return [];
    const message = `is ${wanted}, each on a node of its own, and the parent has ${nodes} that ${nodes === 1 ? "takes" : "take"} pods: ${missed(wanted - nodes)} ${remedy}`;
    return [{ path, message }];
}

function checkZones(members: number, nodes: readonly ParentNode[]): Problem[] {
    const zones = new Map<string, number>();
    for (const { zone } of nodes) {
        if (zone) zones.set(zone, (zones.get(zone) ?? 0) + 1);
    }
    const most = mostInZone(members);
    const room = [...zones.values()].reduce((sum, each) => sum + Math.min(each, most), 0);
    const are = `and the parent's nodes are in ${placesOf(zones)}`;
    const path = "etcd.zoneSpread";
    if (zones.size < 3) {
        const message = `is "required", which takes three zones, ${are}: ${missed(Math.max(members - room, 1))} Add nodes in other zones, or use "preferred", with which the loss of a zone can stop Karmada.`;
        return [{ path, message }];
    }
    if (room >= members || nodes.length < members) return [];
    const message = `is "required" with ${members} members, ${are}: more than ${most} members in one of them, whose loss then stops Karmada. Add nodes in the others.`;
    return [{ path, message }];
}

const missed = (count: number): string =>
    `${count} ${count === 1 ? "finds" : "find"} no place, and the update fails when that has lasted for ten minutes.`;

const placesOf = (zones: ReadonlyMap<string, number>): string =>
    zones.size === 0
        ? 'none (they lack the label "topology.kubernetes.io/zone")'
        : [...zones].map(([zone, nodes]) => `${shown(zone)} (${nodes})`).join(", ");
