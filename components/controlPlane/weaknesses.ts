import type { Problem } from "../support/problems";
import { type EtcdFacts, ZoneSpread } from "./etcd/etcdPlan";

export interface Redundancy {
    readonly etcd: Pick<EtcdFacts, "members" | "zoneSpread">;
    readonly servers: number;
    readonly controllers: number;
}

/** Losses that a control plane of these numbers would not survive, each with what to ask for instead. */
export function weaknesses({ etcd, servers, controllers }: Redundancy): Problem[] {
    const problems: Problem[] = [];
    const say = (path: string, message: string) => problems.push({ path, message });
    if (etcd.members === 1) {
        say(
            "etcd.members",
            "is 1; while its node is away Karmada stands still, and its volume is the only one. Use 3, each on a node of its own.",
        );
    } else if (etcd.zoneSpread === ZoneSpread.Preferred) {
        say(
            "etcd.zoneSpread",
            'is "preferred"; with fewer than three zones the loss of one can stop Karmada until it is back. Use "required", with nodes in three zones.',
        );
    }
    if (servers === 1) {
        say(
            "servers",
            "is 1; Karmada's API is away while its one API server moves or is updated. Use 2, or 3 on three nodes.",
        );
    }
    if (controllers === 1) {
        say(
            "controllers",
            "is 1; nothing is scheduled and no failed member is noticed while the one controller moves. Use 2.",
        );
    }
    return problems;
}
