import { checkNetwork, networkFacts } from "../../components/karmadaVpc/vpcChecks";
import { checkClusterName } from "../../components/parentCluster/parentChecks";
import { checkRegion, type Tags } from "../../components/support/amazon";
import { type Problem, shown, within } from "../../components/support/problems";
import { type CommonMember, readMembers } from "../common/memberSettings";
import type { Reader } from "../reader";
import { type NetworkSettings, readNewNetwork } from "./networkSettings";
import { checkWayIn, type ClusterSettings, clusterProblems, readCluster } from "./parentSettings";

/** Where a member is. */
export type Place =
    /** An EKS cluster with a network of its own, which the stack makes. */
    | { readonly newCluster: NewCluster }
    /** Name of an EKS cluster in the member's Region. */
    | { readonly existingCluster: string }
    /** A file, relative to the project's folder. */
    | { readonly kubeconfig: string };

export interface NewCluster {
    readonly region: string;
    readonly zones: readonly string[];
    readonly network: NetworkSettings & { readonly cidr: string };
    readonly cluster: ClusterSettings;
    /** Whether its network is joined with the parent's: then neither needs public addresses to call the other. */
    readonly peered: boolean;
}

export type AwsMember = CommonMember & { readonly place: Place };

export interface MemberSite {
    readonly tags: Tags;
    /** Who administers new clusters of members that name nobody. */
    readonly admins?: readonly string[];
    /** Whether there is a network of this stack's that a member's can be joined with. */
    readonly peers: boolean;
}

export const readAwsMembers = (top: Reader, canSign: boolean, site: MemberSite): AwsMember[] =>
    readMembers(top, canSign, (reader, member) => ({
        place: readPlace(reader, member, site),
    }));

const places = ["newCluster", "existingCluster", "kubeconfig"] as const;

function readPlace(reader: Reader, member: CommonMember, site: MemberSite): Place {
    const newCluster = reader.optionalMapping("newCluster", (inner) =>
        readNewCluster(reader, inner, member, site),
    );
    const existingCluster = reader.optionalText("existingCluster");
    const kubeconfig = reader.optionalText("kubeconfig");
    const given = [newCluster, existingCluster, kubeconfig].filter((each) => each !== undefined);
    if (given.length !== 1 && !places.some((key) => reader.misread(key))) {
        const found = given.length === 0 ? "none" : "more than one";
        reader.report(
            "newCluster",
            `is one of ${places.join(", ")}, and ${found} of them is there; say one.`,
        );
    }
    if (newCluster) return { newCluster };
    if (existingCluster === undefined) return { kubeconfig: kubeconfig ?? "" };
    if (member.region === undefined) reader.report("region", regionMissing);
    reader.check([
        ...checkRegion("region", member.region),
        ...checkClusterName("existingCluster", existingCluster),
    ]);
    return { existingCluster };
}

const regionMissing = 'is missing; name the Region of the cluster, such as "eu-central-1".';

function readNewCluster(
    outer: Reader,
    reader: Reader,
    { name, region = "", zones = [] }: CommonMember,
    { tags, admins, peers }: MemberSite,
): NewCluster {
    const cidr = reader.text("cidr", 'give it a private range of its own, such as "10.1.0.0/16"');
    const { admins: own, ...cluster } = readCluster(reader, zones);
    const inherited = own === undefined && admins !== undefined;
    const settings = {
        region,
        zones,
        network: { ...readNewNetwork(reader, zones), cidr },
        cluster: { ...cluster, admins: own ?? admins, clusterName: name },
        peered: (peers ? reader.flag("peered") : undefined) ?? false,
    };
    if (region === "") outer.report("region", regionMissing);
    outer.check(
        checkNewCluster(settings, tags).filter(
            // The parent's have been looked at as the parent's.
            ({ path }) => !(inherited && path.startsWith("newCluster.admins")),
        ),
    );
    checkReach(reader, settings, peers);
    return settings;
}

/** Roles are called after the cluster, and IAM takes 64 characters of names. */
const longestName = 37;

function checkNewCluster(settings: NewCluster, tags: Tags): Problem[] {
    const { region, zones, network, cluster } = settings;
    const { clusterName } = cluster;
    const tooLong = `is ${shown(clusterName)}; use ${longestName} characters at most for a cluster that is made here: roles are called after it.`;
    const found = [
        ...checkNetwork(networkFacts({ ...network, region, tags })),
        ...clusterProblems(cluster, { region, tags, zones, etcdMembers: 0 }),
    ];
    const seen = new Set<string>();
    return [
        ...(clusterName!.length > longestName ? [{ path: "name", message: tooLong }] : []),
        ...found.flatMap((problem) => {
            const { path } = problem;
            // Both ask for the Region; name and tags are looked at elsewhere.
            if (seen.has(path) || /^(clusterName|tags)\b/.test(path)) return [];
            seen.add(path);
            return /^(region|zones)\b/.test(path) ? [problem] : within("newCluster", [problem]);
        }),
    ];
}

/** The program itself, and Karmada where it pushes, call the cluster from outside its network. */
function checkReach(reader: Reader, { peered, cluster }: NewCluster, peers: boolean): void {
    if (peered) return checkWayIn(reader, cluster);
    if (cluster.publicAccessFrom !== undefined || reader.misread("peered")) return;
    const otherwise = peers
        ? ", or set peered to true and name private ones as privateAccessFrom"
        : "";
    reader.report(
        "publicAccessFrom",
        `is missing, and so nobody outside the cluster's network reaches it, not even this program; name the ranges it is run from${otherwise}.`,
    );
}
