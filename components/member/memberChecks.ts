import { isRegion, letterOf } from "../support/amazon";
import { isServerUrl } from "../support/kubeconfig";
import { checkLabelValue } from "../support/names";
import { type Problem, shown } from "../support/problems";
import { JoinMode } from "./joinMode";
import { checkMemberName } from "./memberName";

/** What is known of a member before any resource exists. */
export interface MemberFacts {
    readonly clusterName: string;
    readonly mode: JoinMode;
    readonly apiEndpoint?: unknown;
    readonly provider?: string;
    readonly region?: string;
    readonly zones?: readonly string[];
}

export function checkMember(member: MemberFacts, canSign: boolean): Problem[] {
    return [
        ...checkMemberName("clusterName", member.clusterName),
        ...checkMode(member.mode, canSign),
        ...checkEndpoint(member.apiEndpoint),
        ...optional("provider", member.provider),
        ...optional("region", member.region),
        ...checkZones(member.zones ?? [], member.region),
    ];
}

function checkMode(mode: unknown, canSign: boolean): Problem[] {
    const modes: readonly unknown[] = Object.values(JoinMode);
    if (!modes.includes(mode)) {
        return [{ path: "mode", message: `is ${shown(mode)}; use "push" or "pull".` }];
    }
    if (mode === JoinMode.Pull && !canSign) {
        const message =
            'is "pull", which needs a certificate for the agent, and the connection to Karmada cannot sign one; ' +
            'give the connection a clientSigner, or use "push".';
        return [{ path: "mode", message }];
    }
    return [];
}

function checkEndpoint(endpoint: unknown): Problem[] {
    if (typeof endpoint !== "string" || isServerUrl(endpoint)) {
        return [];
    }
    const message = `is ${shown(endpoint)}; use a URL such as "https://api.example.com:6443".`;
    return [{ path: "apiEndpoint", message }];
}

function optional(path: string, value: string | undefined): Problem[] {
    return value === undefined ? [] : checkLabelValue(path, value);
}

const awsRegion = /^[a-z]{2}(-[a-z]+)+-\d$/;
const awsZone = /^[a-z]{2}(-[a-z]+)+-\d([a-z]|-[a-z0-9-]+)$/;

function checkZones(zones: readonly string[], region: string | undefined): Problem[] {
    return zones.flatMap((zone, at) => {
        const path = `zones[${at}]`;
        const problems = checkLabelValue(path, zone);
        if (problems.length > 0) {
            return problems;
        }
        if (zones.indexOf(zone) < at) {
            return [{ path, message: `is ${shown(zone)} again; name each zone once.` }];
        }
        if (region !== undefined && isForeign(zone, region)) {
            const message = `is ${shown(zone)}, which is not in region ${shown(region)}.`;
            return [{ path, message }];
        }
        if (region !== undefined && isMisspelt(zone, region)) {
            const message = `is ${shown(zone)}, and Amazon's zones end in a to f; use one of ${shown(region)}, such as ${shown(`${region}a`)}.`;
            return [{ path, message }];
        }
        return [];
    });
}

/** Only names shaped like AWS's say which region a zone is in. */
function isForeign(zone: string, region: string): boolean {
    const sameShape = awsRegion.test(region) && awsZone.test(zone);
    return sameShape && !zone.startsWith(region);
}

/** Other providers' zones are theirs to name; of Amazon's it is known how they end. */
const isMisspelt = (zone: string, region: string): boolean =>
    isRegion(region) &&
    zone.slice(region.length).length === 1 &&
    letterOf(zone, region) === undefined;
