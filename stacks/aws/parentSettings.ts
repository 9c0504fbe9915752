import {
    checkExistingParent,
    type ExistingParent,
} from "../../components/parentCluster/existingParent";
import type { NodeImage, NodeSettings } from "../../components/parentCluster/nodeSettings";
import { checkParent, parentFacts } from "../../components/parentCluster/parentChecks";
import type { KarmadaParentClusterArgs } from "../../components/parentCluster/parentCluster";
import { given } from "../../components/support/givenArgs";
import type { Problem } from "../../components/support/problems";
import type { Reader } from "../reader";
import { type SiteSettings, toldAtTop } from "./regionSettings";

export type ClusterSettings = Omit<
    KarmadaParentClusterArgs,
    "region" | "existing" | "vpcId" | "subnetIds" | "etcdMembers" | "tags"
>;
export type ParentSettings = ClusterSettings & Pick<KarmadaParentClusterArgs, "existing">;

export interface ParentSite extends SiteSettings {
    /** Of the network, where the stack knows them: then each has nodes of its own. */
    readonly zones?: readonly string[];
    /** None where it is no cluster for Karmada. */
    readonly etcdMembers?: number;
}

export function readParent(reader: Reader, site: ParentSite): ParentSettings {
    const existing = reader.optionalMapping("existing", readExistingParent);
    const settings = {
        ...readCluster(reader, existing ? undefined : site.zones),
        clusterName: reader.optionalText("clusterName"),
    };
    if (existing) {
        const also = Object.keys(given(settings));
        reader.check(checkExistingParent(site.region, existing, also), toldAtTop);
        return { existing };
    }
    if (reader.misread("existing")) return settings;
    reader.check(clusterProblems(settings, site), toldAtTop);
    checkWayIn(reader, settings);
    return settings;
}

/** The program calls the cluster's API itself. */
export function checkWayIn(
    reader: Reader,
    { publicAccessFrom, privateAccessFrom }: ClusterSettings,
): void {
    if (publicAccessFrom !== undefined || privateAccessFrom !== undefined) return;
    if (reader.misread("privateAccessFrom")) return;
    reader.report(
        "publicAccessFrom",
        "is missing, and privateAccessFrom too, and so not even this program reaches its API; name the ranges it is run from.",
    );
}

/** The keys of an EKS cluster that is to be made, for Karmada or as a member. */
export function readCluster(reader: Reader, zones: readonly string[] | undefined): ClusterSettings {
    return {
        version: reader.optionalText("version"),
        publicAccessFrom: reader.texts("publicAccessFrom"),
        openToTheWorld: reader.flag("openToTheWorld"),
        privateAccessFrom: reader.texts("privateAccessFrom"),
        admins: reader.texts("admins"),
        viewers: reader.texts("viewers"),
        nodes: readNodes(reader, zones),
        keepVolumes: reader.flag("keepVolumes"),
        deletionProtection: reader.flag("deletionProtection"),
        oidcProvider: reader.flag("oidcProvider"),
        logDays: reader.optionalNumber("logDays"),
    };
}

/** What is wrong with a cluster that is to be made, but for the zones that its network has told already. */
export const clusterProblems = (
    settings: ClusterSettings,
    { region, tags, zones, etcdMembers }: ParentSite,
): Problem[] =>
    checkParent(parentFacts({ ...settings, region, tags, etcdMembers }), new Date()).filter(
        ({ path }) => zones === undefined || path !== "nodes.groupPerZone",
    );

function readNodes(outer: Reader, zones: readonly string[] | undefined): NodeSettings | undefined {
    const said = outer.optionalMapping("nodes", (reader) => ({
        instanceTypes: reader.texts("instanceTypes"),
        count: reader.optionalNumber("count"),
        // Which words there are is for the component to say.
        image: reader.optionalText("image") as NodeImage | undefined,
        diskSize: reader.optionalNumber("diskSize"),
        // Where the network exists, only the user knows in which zones its subnets are.
        ...(zones === undefined && { groupPerZone: reader.texts("groupPerZone") }),
    }));
    // One group for all would be replaced when a zone is added.
    return zones ? { ...said, groupPerZone: zones } : said;
}

const readExistingParent = (reader: Reader): ExistingParent => ({
    clusterName: reader.text("clusterName", "give its name in EKS"),
    nodeGroups: reader.texts("nodeGroups") ?? [],
});
