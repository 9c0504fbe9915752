import { JoinMode } from "../../components/member/joinMode";
import { NatMode } from "../../components/karmadaVpc/natMode";
import { defaultClusterName } from "../../components/parentCluster/parentChecks";
import { type Problem, shown } from "../../components/support/problems";
import { overlap, readRange } from "../../components/support/ranges";
import { rangeOf } from "./networkSettings";
import type { AwsSettings } from "./settings";

/** Something about two parts of a stack file: it makes no sense where one of them could not be read. */
export interface Discord extends Problem {
    readonly about: readonly string[];
}

/** What no component sees, because it is about two of them. */
export const checkTogether = (settings: AwsSettings): Discord[] => [
    ...checkExisting(settings),
    ...checkNames(settings),
    ...checkRanges(settings),
    ...checkWays(settings),
    ...checkWayOut(settings),
];

function checkExisting({ network, parent, endpoint }: AwsSettings): Discord[] {
    const discords: Discord[] = [];
    if (parent.existing && !network.existing) {
        const message =
            "is a new one, but parent names a cluster that is there; say network.existing, with the network that it is in.";
        discords.push({ path: "network", message, about: ["network.existing", "parent.existing"] });
    }
    if (endpoint.internetFacing && network.existing && !network.existing.publicSubnetIds) {
        const message =
            "is true, which takes public subnets; name them as network.existing.publicSubnetIds.";
        const about = ["network.existing.publicSubnetIds"];
        discords.push({ path: "endpoint.internetFacing", message, about });
    }
    return discords;
}

/** EKS calls two clusters of a Region by two names, and so are the roles called. */
function checkNames({ region, parent, members }: AwsSettings): Discord[] {
    const taken = parent.existing?.clusterName ?? parent.clusterName ?? defaultClusterName;
    return members.flatMap(({ name, place }, at) => {
        if (!("newCluster" in place) || name !== taken || place.newCluster.region !== region) {
            return [];
        }
        const message = `is ${shown(name)}, which is the parent cluster's name in the same Region; give one of them another.`;
        const about = ["parent.clusterName", "parent.existing.clusterName"];
        return [{ path: `members[${at}].name`, message, about }];
    });
}

/** Networks that are to be joined, now or one day, have no address in common. */
function checkRanges(settings: AwsSettings): Discord[] {
    const { network, members } = settings;
    const own = network.existing
        ? []
        : [
              { key: "network.cidr", cidr: rangeOf(settings) },
              ...(network.apartFrom ?? []).map((cidr, at) => ({
                  key: `network.apartFrom[${at}]`,
                  cidr,
              })),
          ];
    const theirs = members.flatMap(({ place }, at) =>
        "newCluster" in place
            ? [{ key: `members[${at}].newCluster.cidr`, cidr: place.newCluster.network.cidr }]
            : [],
    );
    return theirs.flatMap(({ key, cidr }, at) => {
        const other = [...own, ...theirs.slice(0, at)].find((each) => haveCommon(each.cidr, cidr));
        if (other === undefined) return [];
        const message = `is ${shown(cidr)}, which overlaps ${other.key}, ${shown(other.cidr)}; give each network a range of its own.`;
        return [{ path: key, message, about: [other.key, "network.existing"] }];
    });
}

function haveCommon(one: string, other: string): boolean {
    const [first, second] = [readRange(one), readRange(other)];
    return first !== undefined && second !== undefined && overlap(first, second);
}

/** Whether members and Karmada find each other. */
function checkWays({ network, endpoint, members }: AwsSettings): Discord[] {
    return members.flatMap(({ mode, place }, at) => {
        if (!("newCluster" in place)) return [];
        const member = `members[${at}]`;
        const about = [`${member}.mode`, `${member}.newCluster.peered`];
        if (place.newCluster.peered) {
            if (!network.existing) return [];
            const message =
                "is true, and takes a network that this stack makes; with network.existing, join the networks yourself.";
            return [{ path: `${member}.newCluster.peered`, message, about }];
        }
        if (mode === JoinMode.Pull) {
            return checkCall(member, place.newCluster.network.nat, endpoint.internetFacing, about);
        }
        if (network.existing || network.nat !== NatMode.None) return [];
        const message =
            'is "push", but Karmada finds no way out of its network, because network.nat is "none"; set newCluster.peered to true, or network.nat to "single".';
        return [{ path: `${member}.mode`, message, about: [...about, "network.nat"] }];
    });
}

function checkCall(
    member: string,
    nat: NatMode | undefined,
    internetFacing: boolean | undefined,
    about: readonly string[],
): Discord[] {
    if (!internetFacing) {
        const message =
            'is "pull", but its agent finds no way to an endpoint inside another network; set newCluster.peered or endpoint.internetFacing to true.';
        return [{ path: `${member}.mode`, message, about: [...about, "endpoint.internetFacing"] }];
    }
    if (nat !== NatMode.None) return [];
    const message =
        'is "none", but its agent calls Karmada through the internet; use "single", or set peered to true.';
    return [{ path: `${member}.newCluster.nat`, message, about }];
}

/** Of a network that is there, nobody knows by which addresses Karmada calls members through the internet. */
function checkWayOut({ network, members }: AwsSettings): Discord[] {
    if (!network.existing || (network.existing.natAddresses ?? []).length > 0) return [];
    const called = members.flatMap(({ name, mode, place }, at) =>
        mode === JoinMode.Push && "newCluster" in place && !place.newCluster.peered
            ? [{ name, about: [`members[${at}].mode`, `members[${at}].newCluster.peered`] }]
            : [],
    );
    if (called.length === 0) return [];
    const path = "network.existing.natAddresses";
    const names = called.map(({ name }) => name).join(", ");
    const message = `is missing, and so the API of ${names} would not let Karmada in; name the public addresses by which this network's nodes call the internet, such as those of its NAT gateways.`;
    return [{ path, message, about: called.flatMap(({ about }) => about) }];
}
