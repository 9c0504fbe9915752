import { type Problem, shown } from "../support/problems";
import { mostInZone, mustSpread } from "./etcd/etcdPlan";
import type { ParentNode } from "./parentNodes";
import type { Redundancy } from "./weaknesses";

/** For what there is no place on these nodes, and which loss of them would stop Karmada. */
export function shortages(facts: Redundancy, nodes: readonly ParentNode[]): Problem[] {
    const { etcd, servers, controllers } = facts;
    const open = nodes.filter(({ isOpen }) => isOpen).length;
    return [
        ...checkNodes("etcd.members", etcd.members, open),
        ...(open > 0 && mustSpread(etcd) ? checkZones(etcd.members, nodes) : []),
        ...checkNodes("servers", servers, open),
        ...checkNodes("controllers", controllers, open),
    ];
}

function checkNodes(path: string, wanted: number, nodes: number): Problem[] {
    if (wanted <= nodes) return [];
    const message = `is ${wanted}, each on a node of its own, and the parent has ${nodes} that ${nodes === 1 ? "takes" : "take"} pods: ${missed(wanted - nodes)} Add nodes, or use fewer.`;
    return [{ path, message }];
}

function checkZones(members: number, nodes: readonly ParentNode[]): Problem[] {
    const rooms = new Map<string, number>();
    for (const { zone, isOpen } of nodes) {
        // A zone whose nodes are all for others counts for the scheduler, too.
        if (zone) rooms.set(zone, (rooms.get(zone) ?? 0) + (isOpen ? 1 : 0));
    }
    const are = `and the parent's nodes are in ${placesOf(rooms)}`;
    const most = mostInZone(members);
    // With fewer zones than are wanted the scheduler goes on as if one more were empty.
    const emptiest = rooms.size < 3 ? 0 : Math.min(...rooms.values());
    const upTo = (limit: number) =>
        [...rooms.values()].reduce((sum, room) => sum + Math.min(room, limit), 0);
    const placed = upTo(most + emptiest);
    const path = "etcd.zoneSpread";
    if (placed < members) {
        const message = `is "required", which takes three zones with a node for each member, ${are}: ${missed(members - placed)} Add nodes in other zones, or use "preferred", with which the loss of a zone can stop Karmada.`;
        return [{ path, message }];
    }
    if (upTo(most) >= members) return [];
    const message = `is "required" with ${members} members, ${are}: more than ${most} members will be in one of them, whose loss then stops Karmada. Add nodes in the others.`;
    return [{ path, message }];
}

const missed = (count: number): string =>
    `${count} ${count === 1 ? "finds" : "find"} no place, and an update that waits for ${count === 1 ? "it" : "them"} fails after ten minutes.`;

const placesOf = (rooms: ReadonlyMap<string, number>): string =>
    rooms.size === 0
        ? 'none (they lack the label "topology.kubernetes.io/zone")'
        : [...rooms].map(([zone, nodes]) => `${shown(zone)} (${nodes})`).join(", ");
