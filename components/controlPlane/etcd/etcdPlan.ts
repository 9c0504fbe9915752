import { type Problem, shown } from "../../support/problems";

export const etcd = {
    /** Of the StatefulSet, of the headless Service that names its members, and of the pods' label "app". */
    name: "etcd",
    /** Service of those members that are ready: for callers that take any one of them. */
    clientService: "etcd-client",
    clientPort: 2379,
    peerPort: 2380,
    /** Health and metrics, without TLS: they tell nothing of what is stored. */
    metricsPort: 2381,
    /** Every peer's certificate carries it, no client's does: so no client can pose as a member. */
    peerCommonName: "etcd-peer",
    /** A restored or replaced member must carry the same one, or it makes a cluster of its own. */
    clusterToken: "karmada-etcd",
} as const;

/** "required": evenly over three zones at least, or a member waits. "preferred": where there are too few zones. */
export const ZoneSpread = { Required: "required", Preferred: "preferred" } as const;
export type ZoneSpread = (typeof ZoneSpread)[keyof typeof ZoneSpread];

/** Whether each member is to be in a zone that it may share with few others: a single one shares it with nobody. */
export const mustSpread = ({ members, zoneSpread }: Pick<EtcdFacts, "members" | "zoneSpread">) =>
    members > 1 && zoneSpread !== ZoneSpread.Preferred;

/** Less would keep its members from starting again while another zone is lost. */
export const mostInZone = (members: number): number => Math.ceil(members / 3);

/** What is known of an etcd before any resource exists. */
export interface EtcdFacts {
    /** How many members: 1, 3, 5 or 7. For good: a later change is refused. */
    readonly members: number;
    /** Class of the members' volumes; one that makes a volume in the zone of its pod. */
    readonly storageClassName: string;
    /** Size of each member's volume, e.g. "10Gi". */
    readonly storageSize: string;
    /** What the data may grow to before etcd refuses writes, e.g. "2Gi". */
    readonly quota: string;
    /**
     * How members keep apart; never two on one node. With "preferred" the loss of a zone can be the
     * loss of the majority.
     * @default "required"
     */
    readonly zoneSpread?: ZoneSpread;
    /**
     * Whether the volumes outlive the control plane, and with them the namespace of their claims.
     * @default true
     */
    readonly retainVolumes?: boolean;
}

export const memberNames = (members: number): string[] =>
    Array.from({ length: members }, (_, ordinal) => `${etcd.name}-${ordinal}`);

/** Short of the cluster's own domain, which need not be cluster.local. */
export const memberHost = (member: string, namespace: string) =>
    `${member}.${etcd.name}.${namespace}.svc`;

export const clientUrl = (member: string, namespace: string) =>
    `https://${memberHost(member, namespace)}:${etcd.clientPort}`;

export const peerUrl = (member: string, namespace: string) =>
    `https://${memberHost(member, namespace)}:${etcd.peerPort}`;

export const initialCluster = (members: number, namespace: string) =>
    memberNames(members)
        .map((member) => `${member}=${peerUrl(member, namespace)}`)
        .join(",");

/** Where any one ready member answers. */
export const clientServiceUrl = (namespace: string) =>
    `https://${etcd.clientService}.${namespace}.svc:${etcd.clientPort}`;

const quantity = /^([1-9]\d*)(Mi|Gi|Ti)$/;
const unitBytes: Readonly<Record<string, number>> = { Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };

/** Bytes of a quantity such as "10Gi", undefined if it is none. */
export function bytesOf(text: unknown): number | undefined {
    const [, count, unit = ""] = (typeof text === "string" && quantity.exec(text)) || [];
    return count === undefined ? undefined : Number(count) * unitBytes[unit]!;
}

const largestQuota = bytesOf("8Gi")!;
const smallestQuota = bytesOf("64Mi")!;

export function checkEtcd(facts: EtcdFacts): Problem[] {
    return [
        ...checkMembers(facts.members),
        ...checkStorageClass(facts.storageClassName),
        ...checkSize("storageSize", facts.storageSize),
        ...checkSize("quota", facts.quota),
        ...checkQuota(facts),
        ...checkSpread(facts.zoneSpread),
    ];
}

function checkMembers(members: number): Problem[] {
    if ([1, 3, 5, 7].includes(members)) {
        return [];
    }
    const problem = (why: string) => [{ path: "members", message: `is ${shown(members)}; ${why}` }];
    if (!Number.isInteger(members) || members < 1) {
        return problem("use 1, 3, 5 or 7: without etcd Karmada has nowhere to store anything.");
    }
    if (members > 7) {
        return problem("use 7 at most: every write waits for more than half of the members.");
    }
    return problem(
        `use ${members - 1} or ${members + 1}: an even number survives no more losses than one member fewer does.`,
    );
}

function checkStorageClass(name: unknown): Problem[] {
    if (typeof name === "string" && /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(name)) {
        return [];
    }
    const message = `is ${shown(name)}; name a StorageClass of the parent cluster, e.g. "ebs-sc".`;
    return [{ path: "storageClassName", message }];
}

function checkSize(path: string, size: unknown): Problem[] {
    if (bytesOf(size) !== undefined) {
        return [];
    }
    const message = `is ${shown(size)}; use a whole number of Mi, Gi or Ti, e.g. "10Gi".`;
    return [{ path, message }];
}

function checkQuota({ quota, storageSize }: EtcdFacts): Problem[] {
    const limit = bytesOf(quota);
    const size = bytesOf(storageSize);
    if (limit === undefined || size === undefined) {
        return [];
    }
    const problem = (message: string) => [{ path: "quota", message: `is "${quota}"; ${message}` }];
    if (limit > largestQuota) {
        return problem('use "8Gi" at most: beyond it etcd is too slow to start and to recover.');
    }
    if (limit < smallestQuota) {
        return problem('use "64Mi" at least: an empty Karmada alone fills half of that.');
    }
    if (2 * limit > size) {
        return problem(
            `use at most half of storageSize, "${storageSize}": defragmenting and restoring write a second copy.`,
        );
    }
    return [];
}

function checkSpread(spread: unknown): Problem[] {
    const known = Object.values<unknown>(ZoneSpread);
    if (spread === undefined || known.includes(spread)) {
        return [];
    }
    const message = `is ${shown(spread)}; use ${known.map(shown).join(" or ")}.`;
    return [{ path: "zoneSpread", message }];
}
