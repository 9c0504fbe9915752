import {
    checkRegion,
    checkTags,
    checkZone,
    exampleZones,
    isRegion,
    serviceRangeOfEks,
    type Tags,
} from "../support/amazon";
import { withDefaults } from "../support/givenArgs";
import { checkLogDays } from "../support/logs";
import { type Problem, shown, within } from "../support/problems";
import { checkRange, isPrivate, overlap, readRange, world } from "../support/ranges";
import { type ExistingNetwork, checkExisting } from "./existingNetwork";
import type { KarmadaVpcArgs } from "./karmadaVpc";
import { NatMode } from "./natMode";
import { mostZones, networkPrefixes } from "./subnetPlan";

/** What is known of a network before any resource exists. */
export interface NetworkFacts {
    readonly region: string;
    readonly cidr: string;
    readonly zones: readonly string[];
    readonly nat: NatMode;
    readonly interfaceEndpoints: boolean;
    readonly apartFrom: readonly string[];
    readonly flowLogDays: number;
    readonly tags: Tags;
}

export const networkFacts = ({ region, ...args }: Omit<KarmadaVpcArgs, "existing">): NetworkFacts =>
    withDefaults(
        {
            cidr: "10.0.0.0/16",
            zones: ["a", "b", "c"].map((letter) => `${region}${letter}`) as readonly string[],
            nat: NatMode.PerZone as NatMode,
            interfaceEndpoints: false,
            apartFrom: [] as readonly string[],
            flowLogDays: 30,
            tags: {} as Tags,
        },
        { region, ...args },
    );

export function checkNetwork(facts: NetworkFacts): Problem[] {
    return [
        ...checkRegion("region", facts.region),
        ...checkCidr(facts.cidr),
        ...facts.apartFrom.flatMap((range, at) =>
            checkApart(`apartFrom[${at}]`, range, facts.cidr),
        ),
        ...checkZones(facts.zones, facts.region),
        ...checkNat(facts),
        ...checkLogDays("flowLogDays", facts.flowLogDays),
        ...checkTags("tags", facts.tags),
    ];
}

/** Of a network that exists only its ids are said; everything else is what it is. */
export function checkReference(
    region: unknown,
    existing: ExistingNetwork,
    alsoGiven: readonly string[],
): Problem[] {
    return [
        ...checkRegion("region", region),
        ...within("existing", checkExisting(existing)),
        ...alsoGiven.map((path) => ({
            path,
            message: "is for a new network, and existing names one that is there; leave one out.",
        })),
    ];
}

function checkCidr(cidr: unknown): Problem[] {
    const path = "cidr";
    const problems = checkRange(path, cidr);
    const range = readRange(cidr);
    if (problems.length > 0 || range === undefined) return problems;
    const problem = (message: string) => [{ path, message: `is ${shown(cidr)}; ${message}` }];
    const { shortest, longest } = networkPrefixes;
    if (!isPrivate(range)) {
        return problem(
            'use a private range: within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10, e.g. "10.0.0.0/16".',
        );
    }
    if (range.prefix < shortest) {
        return problem(`use "/${shortest}" at most: AWS has no larger networks.`);
    }
    if (range.prefix > longest) {
        return problem(
            `use "/${longest}" at least: every pod has an address of its own, and a quarter of the range goes to each of up to ${mostZones} zones.`,
        );
    }
    if (overlap(range, readRange(serviceRangeOfEks)!)) {
        return problem(
            `keep off ${serviceRangeOfEks}, where the Services of the parent cluster are.`,
        );
    }
    return [];
}

function checkApart(path: string, other: unknown, cidr: unknown): Problem[] {
    const problems = checkRange(path, other);
    const [range, network] = [readRange(other), readRange(cidr)];
    if (problems.length > 0 || range === undefined || network === undefined) return problems;
    if (other === world) {
        return [{ path, message: `is "${world}"; name the range of another network.` }];
    }
    if (!overlap(range, network)) return [];
    const message = `is ${shown(other)}, which overlaps cidr, ${shown(cidr)}; networks that are to be joined need ranges apart.`;
    return [{ path, message }];
}

function checkZones(zones: readonly string[], region: string): Problem[] {
    const path = "zones";
    const example = exampleZones(region).map(shown).join(", ");
    if (zones.length < 3) {
        const message = `names ${zones.length === 0 ? "no zone" : shown(zones)}; use three, e.g. [${example}]: with two, the loss of one can be the loss of etcd's majority.`;
        return [{ path, message }];
    }
    if (zones.length > mostZones) {
        const message = `names ${zones.length} zones; use ${mostZones} at most.`;
        return [{ path, message }];
    }
    return zones.flatMap((zone, at) => {
        const here = `${path}[${at}]`;
        const problems = isRegion(region) ? checkZone(here, zone, region) : [];
        if (problems.length > 0) return problems;
        if (zones.indexOf(zone) < at) {
            return [{ path: here, message: `is ${shown(zone)} again; name each zone once.` }];
        }
        return [];
    });
}

function checkNat({ nat, interfaceEndpoints }: NetworkFacts): Problem[] {
    const path = "nat";
    const modes = Object.values<unknown>(NatMode);
    if (!modes.includes(nat)) {
        const message = `is ${shown(nat)}; use ${modes.map(shown).join(", ")}.`;
        return [{ path, message }];
    }
    if (nat === NatMode.None && !interfaceEndpoints) {
        const message = `is "none", and then nodes find no way even to EKS; set interfaceEndpoints to true, or use "single".`;
        return [{ path, message }];
    }
    return [];
}
