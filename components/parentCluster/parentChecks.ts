import { checkLogDays } from "../support/logs";
import { checkPrincipal, checkRegion, checkTags, type Tags } from "../support/amazon";
import { type Problem, shown, within } from "../support/problems";
import { checkSources, isPrivate, readRange } from "../support/ranges";
import { withDefaults } from "../support/givenArgs";
import { defaultEksVersion, eksReleases, otherEksReleases } from "../versionsEks";
import { checkNodes, type NodeFacts } from "./nodePlan";
import { nodeDefaults } from "./nodeSettings";
import type { KarmadaParentClusterArgs } from "./parentCluster";

/** What is known of a parent cluster before any resource exists. */
export interface ParentFacts {
    readonly region: string;
    readonly clusterName: string;
    readonly version: string;
    /** Undefined where nobody outside the network is to reach it. */
    readonly publicAccessFrom?: readonly string[];
    readonly privateAccessFrom: readonly string[];
    readonly openToTheWorld: boolean;
    readonly admins: readonly string[];
    readonly viewers: readonly string[];
    readonly nodes: NodeFacts;
    readonly etcdMembers: number;
    readonly logDays: number;
    readonly tags: Tags;
}

export const defaultClusterName = "karmada-parent";

const defaults = {
    clusterName: defaultClusterName,
    version: defaultEksVersion as string,
    publicAccessOf: [] as KarmadaParentClusterArgs["publicAccessOf"] & object,
    privateAccessFrom: [] as readonly string[],
    openToTheWorld: false as boolean,
    admins: [] as readonly string[],
    viewers: [] as readonly string[],
    etcdMembers: 3 as number,
    keepVolumes: true as boolean,
    deletionProtection: false as boolean,
    oidcProvider: false as boolean,
    logDays: 90 as number,
    tags: {} as Tags,
} as const;

export const parentFacts = ({
    nodes = {},
    ...args
}: Omit<KarmadaParentClusterArgs, "existing" | "vpcId" | "subnetIds">) => ({
    ...withDefaults(defaults, args),
    nodes: withDefaults(nodeDefaults, nodes),
});

export function checkParent(facts: ParentFacts, now: Date): Problem[] {
    return [
        ...checkRegion("region", facts.region),
        ...checkClusterName("clusterName", facts.clusterName),
        ...checkVersion(facts.version, now),
        ...checkAccessFrom(facts),
        ...checkPrivateAccess(facts.privateAccessFrom),
        ...checkPeople(facts),
        ...within("nodes", checkNodes(facts.nodes, facts.etcdMembers)),
        ...checkLogDays("logDays", facts.logDays),
        ...checkTags("tags", facts.tags),
    ];
}

export function checkClusterName(path: string, name: unknown): Problem[] {
    if (typeof name === "string" && /^[a-zA-Z0-9][\w-]{0,99}$/.test(name)) return [];
    const message = `is ${shown(name)}; use 1 to 100 letters, digits, hyphens and underscores, the first a letter or digit.`;
    return [{ path, message }];
}

function checkVersion(version: string, now: Date): Problem[] {
    const today = now.toISOString().slice(0, 10);
    const offered = Object.keys(eksReleases).filter(
        (each) => eksReleases[each]!.standardSupportUntil >= today,
    );
    if (offered.includes(version)) return [];
    const remedy =
        offered.length > 0
            ? `use ${offered.map(shown).join(" or ")}.`
            : "use a later release of this package, which knows newer ones.";
    return [
        { path: "version", message: `is ${shown(version)}, ${whyNot(version, today)}; ${remedy}` },
    ];
}

function whyNot(version: string, today: string): string {
    const release = eksReleases[version] ?? otherEksReleases[version];
    if (release === undefined) {
        return "which is no version of Kubernetes that this package knows on EKS";
    }
    const { standardSupportUntil, extendedSupportUntil } = release;
    if (standardSupportUntil >= today) {
        return `which this package makes no clusters of; its standard support ends on ${standardSupportUntil}`;
    }
    return extendedSupportUntil >= today
        ? `which is out of standard support since ${standardSupportUntil}, and in extended support, which costs more, until ${extendedSupportUntil}`
        : `which EKS has not supported since ${extendedSupportUntil}`;
}

/** As many as EKS takes. */
const mostRanges = 40;

function checkAccessFrom({ publicAccessFrom, openToTheWorld }: ParentFacts): Problem[] {
    const path = "publicAccessFrom";
    if (publicAccessFrom === undefined) return [];
    if (publicAccessFrom.length === 0) {
        const message =
            "is empty; name the ranges from which the cluster is administered, or leave it out for a cluster that only its network reaches.";
        return [{ path, message }];
    }
    const exposure = { openToTheWorld, flag: "openToTheWorld", most: mostRanges };
    const inside = publicAccessFrom.flatMap((text, at) => {
        const range = readRange(text);
        if (range === undefined || !isPrivate(range)) return [];
        const message = `is ${shown(text)}, which is private; from the network itself the cluster is reached anyway, name public ranges.`;
        return [{ path: `${path}[${at}]`, message }];
    });
    return [...checkSources(path, publicAccessFrom, exposure), ...inside];
}

function checkPrivateAccess(ranges: readonly string[]): Problem[] {
    const path = "privateAccessFrom";
    const exposure = { openToTheWorld: true, flag: "", most: mostRanges };
    const outside = ranges.flatMap((text, at) => {
        const range = readRange(text);
        if (range === undefined || isPrivate(range)) return [];
        const message = `is ${shown(text)}, which is no private range; name public ones as publicAccessFrom.`;
        return [{ path: `${path}[${at}]`, message }];
    });
    return [...checkSources(path, ranges, exposure), ...outside];
}

function checkPeople({ admins, viewers }: ParentFacts): Problem[] {
    const nobody: Problem[] =
        admins.length > 0
            ? []
            : [
                  {
                      path: "admins",
                      message:
                          "is empty; name the roles of those who run pulumi up, and of who else administers the cluster: having made it gives nobody a right.",
                  },
              ];
    const all = [
        ...admins.map((arn, at) => ({ path: `admins[${at}]`, arn })),
        ...viewers.map((arn, at) => ({ path: `viewers[${at}]`, arn })),
    ];
    const people = all.flatMap(({ path, arn }, at) => {
        const first = all.findIndex((each) => each.arn === arn);
        if (first < at) {
            const message = `is ${shown(arn)}, as ${all[first]!.path} is; name each once.`;
            return [{ path, message }];
        }
        return checkPrincipal(path, arn);
    });
    return [...nobody, ...people];
}
