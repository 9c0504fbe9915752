import { JoinMode } from "../../components/member/joinMode";
import { shown } from "../../components/support/problems";
import { overlap, readRange } from "../../components/support/ranges";
import { namesOf } from "../common/memberSettings";
import { readWorkloads, type WorkloadSettings } from "../common/workloadSettings";
import type { Reader } from "../reader";
import { type BudgetSettings, type HostSettings, readBudget, readHost } from "./besidesSettings";
import { type EndpointSettings, readEndpoint } from "./endpointSettings";
import {
    type KarmadaSettings,
    readBackup,
    readKarmada,
    type SnapshotSettings,
} from "./karmadaSettings";
import { type AwsMember, readAwsMembers } from "./memberSettings";
import { type NetworkSettings, readNetwork } from "./networkSettings";
import { type ParentSettings, readParent } from "./parentSettings";
import { Protected } from "./protected";
import { readSite, type SiteSettings } from "./regionSettings";

/** Everything on AWS, in one stack. */
export interface AwsSettings extends SiteSettings {
    readonly kind: "aws";
    readonly protect: readonly Protected[];
    readonly network: NetworkSettings;
    readonly parent: ParentSettings;
    readonly endpoint: EndpointSettings;
    readonly karmada: KarmadaSettings;
    readonly backup?: SnapshotSettings;
    readonly host?: HostSettings;
    readonly budget?: BudgetSettings;
    readonly members: readonly AwsMember[];
    readonly workloads: readonly WorkloadSettings[];
    /** How members of other stacks may join. */
    readonly spokes?: JoinMode;
}

export function readAwsSettings(top: Reader): AwsSettings {
    const site = readSite(top);
    const protect = top.choices("protect", Protected) ?? [];
    const network = readNetwork(top.mapping("network"), site);
    const karmada = readKarmada(top.optionalMapping("karmada"));
    const { zones } = network;
    const etcdMembers = karmada.etcd.members;
    const parent = readParent(top.mapping("parent"), { ...site, zones, etcdMembers });
    const endpoint = readEndpoint(top.mapping("endpoint"), site);
    const backup = top.optionalMapping("backup");
    const host = top.optionalMapping("host");
    const budget = top.optionalMapping("budget");
    const members = readAwsMembers(top.mappings("members"), true, {
        tags: site.tags,
        admins: parent.admins,
        peers: true,
    });
    const settings = {
        kind: "aws" as const,
        ...site,
        protect,
        network,
        parent,
        endpoint,
        karmada,
        backup: backup && readBackup(backup, site),
        host: host && readHost(host, site),
        budget: budget && readBudget(budget, site),
        members,
        workloads: readWorkloads(top.mappings("workloads"), namesOf(members)),
        spokes: top.optionalChoice("spokes", JoinMode),
    };
    checkTogether(top, settings);
    return settings;
}

/** What no component sees, because it is about two of them. */
function checkTogether(top: Reader, { network, parent, endpoint, members }: AwsSettings): void {
    if (parent.existing && !network.existing) {
        top.report(
            "network",
            "is a new one, but parent names a cluster that is there; say network.existing, with the network that it is in.",
        );
    }
    const facesInternet = endpoint.internetFacing ?? false;
    if (facesInternet && network.existing && !network.existing.publicSubnetIds) {
        top.report(
            "endpoint.internetFacing",
            "is true, which takes public subnets; name them as network.existing.publicSubnetIds.",
        );
    }
    checkRanges(top, network, members);
    members.forEach(({ mode, place }, at) => {
        if (!("newCluster" in place)) return;
        const { peered } = place.newCluster;
        if (peered && network.existing) {
            top.report(
                `members[${at}].newCluster.peered`,
                "is true, and takes a network that this stack makes; with network.existing, join the networks yourself.",
            );
        }
        if (mode === JoinMode.Pull && !peered && !facesInternet) {
            top.report(
                `members[${at}].mode`,
                'is "pull", but its agent finds no way to an endpoint inside another network; set newCluster.peered or endpoint.internetFacing to true.',
            );
        }
    });
}

/** Networks that are to be joined, now or one day, have no address in common. */
function checkRanges(top: Reader, network: NetworkSettings, members: readonly AwsMember[]): void {
    const ranges = [
        {
            key: "network.cidr",
            cidr: network.existing ? undefined : (network.cidr ?? "10.0.0.0/16"),
        },
        ...members.map(({ place }, at) => ({
            key: `members[${at}].newCluster.cidr`,
            cidr: "newCluster" in place ? place.newCluster.network.cidr : undefined,
        })),
    ].flatMap(({ key, cidr }) => {
        const range = readRange(cidr);
        return range ? [{ key, cidr, range }] : [];
    });
    ranges.forEach(({ key, cidr, range }, at) => {
        const other = ranges.slice(0, at).find((each) => overlap(each.range, range));
        if (other === undefined) return;
        const message = `is ${shown(cidr)}, which overlaps ${other.key}, ${shown(other.cidr)}; give each network a range of its own.`;
        top.report(key, message);
    });
}
