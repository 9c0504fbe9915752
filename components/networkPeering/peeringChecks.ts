import { checkRegion, checkTags, type Tags } from "../support/amazon";
import { type Problem, shown, within } from "../support/problems";
import { checkRange, overlap, readRange } from "../support/ranges";

interface EndFacts {
    readonly region: string;
    readonly cidr: string;
    readonly routeTableIds: readonly unknown[];
}

/** What is known of a peering before any resource exists. */
export interface PeeringFacts {
    readonly one: EndFacts;
    readonly other: EndFacts;
    readonly tags: Tags;
}

export function checkPeering({ one, other, tags }: PeeringFacts): Problem[] {
    const [near, far] = [readRange(one.cidr), readRange(other.cidr)];
    const message = `is ${shown(other.cidr)}, which overlaps one.cidr, ${shown(one.cidr)}; nothing could tell where its addresses are.`;
    return [
        ...within("one", checkEnd(one)),
        ...within("other", checkEnd(other)),
        ...(near && far && overlap(near, far) ? [{ path: "other.cidr", message }] : []),
        ...checkTags("tags", tags),
    ];
}

function checkEnd({ region, cidr, routeTableIds }: EndFacts): Problem[] {
    const message = "is empty, and so nothing finds the way; name those of the private subnets.";
    return [
        ...checkRegion("region", region),
        ...checkRange("cidr", cidr),
        ...(routeTableIds.length === 0 ? [{ path: "routeTableIds", message }] : []),
    ];
}
