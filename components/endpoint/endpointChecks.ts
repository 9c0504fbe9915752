import { defaultNodePort } from "../controlPlane/layout";
import { checkTags, type Tags } from "../support/amazon";
import { type Problem, shown } from "../support/problems";
import type { KarmadaEndpointArgs } from "./endpoint";
import { checkSources } from "../support/ranges";

/** A name in a zone of Route 53. */
export interface EndpointName {
    readonly zoneId: unknown;
    /** Name of the zone, e.g. "example.com". */
    readonly zone: string;
    /** Name in it, e.g. "karmada.example.com". */
    readonly name: string;
}

/** What is known of an endpoint before any resource exists. */
export interface EndpointFacts {
    readonly loadBalancerName: string;
    readonly port: number;
    readonly groups: number;
    readonly allowedRanges: readonly string[];
    readonly openToTheWorld: boolean;
    readonly dns?: EndpointName;
    readonly tags: Tags;
}

export const endpointDefaults = {
    loadBalancerName: "karmada-lb",
    port: defaultNodePort,
    allowedAddresses: {} as KarmadaEndpointArgs["allowedAddresses"] & object,
    openToTheWorld: false,
    internetFacing: false,
    deletionProtection: false,
    tags: {} as Tags,
} as const;

/** With one more to the nodes, within what a security group takes. */
const mostRanges = 50;

export function checkEndpoint(facts: EndpointFacts): Problem[] {
    const { allowedRanges, openToTheWorld, dns } = facts;
    const exposure = { openToTheWorld, flag: "openToTheWorld", most: mostRanges };
    return [
        ...checkName(facts.loadBalancerName),
        ...checkPort(facts.port),
        ...checkGroups(facts.groups),
        ...(allowedRanges.length === 0 ? [nobody] : []),
        ...checkSources("allowedRanges", allowedRanges, exposure),
        ...(dns === undefined ? [] : checkDns(dns)),
        ...checkTags("tags", facts.tags),
    ];
}

const nobody: Problem = {
    path: "allowedRanges",
    message:
        "is empty, and so nobody could reach Karmada; name the ranges of members that pull, and of people.",
};

function checkName(name: unknown): Problem[] {
    const usable =
        typeof name === "string" && /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$/.test(name);
    if (usable && !name.startsWith("internal-")) return [];
    const message = `is ${shown(name)}; use 1 to 32 letters, digits and inner hyphens, and not "internal-" in front.`;
    return [{ path: "loadBalancerName", message }];
}

function checkPort(port: unknown): Problem[] {
    const usable = Number.isInteger(port) && Number(port) >= 30000 && Number(port) <= 32767;
    if (usable) return [];
    const message = `is ${shown(port)}; use a port that Kubernetes opens on nodes, from 30000 to 32767: the control plane's nodePort.`;
    return [{ path: "port", message }];
}

function checkGroups(groups: number): Problem[] {
    if (groups > 0) return [];
    const message = "is empty; pass on those of the parent cluster: the nodes are found by them.";
    return [{ path: "autoscalingGroupNames", message }];
}

const hostName = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)+$/;

function checkDns({ zone, name }: EndpointName): Problem[] {
    const malformed = Object.entries({ zone, name }).flatMap(([path, value]) => {
        if (typeof value === "string" && hostName.test(value)) return [];
        const message = `is ${shown(value)}; use a name in lower case, without wildcard and final dot, such as "karmada.example.com".`;
        return [{ path: `dns.${path}`, message }];
    });
    if (malformed.length > 0 || name.endsWith(`.${zone}`)) return malformed;
    const why =
        name === zone
            ? `which is the zone itself; use a name in it, such as "karmada.${zone}".`
            : `which is not in the zone ${shown(zone)}; use a name such as "karmada.${zone}", or the zone that it is in.`;
    return [{ path: "dns.name", message: `is ${shown(name)}, ${why}` }];
}
