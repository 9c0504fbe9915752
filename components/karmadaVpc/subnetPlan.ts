import { type Range, readRange, showRange, sizeOf } from "../support/ranges";

/** What one zone gets of the network's range. */
export interface PlannedZone {
    readonly zone: string;
    /** For load balancers and NAT gateways. */
    readonly publicRange: string;
    /** For nodes and their pods. */
    readonly privateRange: string;
}

/**
 * As many shares whatever the number of zones: a zone that comes later moves nobody else's subnets.
 * Each share is half private, a quarter public, and a quarter left free.
 */
export const mostZones = 4;
const shareBits = Math.log2(mostZones);

/** Largest and smallest network, by prefix: AWS's limit, and what pods of a node in each zone need. */
export const networkPrefixes = { shortest: 16, longest: 22 } as const;

export function planSubnets(cidr: string, zones: readonly string[]): PlannedZone[] {
    const network = readRange(cidr)!;
    const prefix = network.prefix + shareBits;
    return zones.map((zone, at) => {
        const share: Range = { first: network.first + at * sizeOf(prefix), prefix };
        const half = { first: share.first, prefix: prefix + 1 };
        const quarter = { first: share.first + sizeOf(prefix + 1), prefix: prefix + 2 };
        return { zone, publicRange: showRange(quarter), privateRange: showRange(half) };
    });
}
