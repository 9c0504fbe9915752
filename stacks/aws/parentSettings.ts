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
    readonly etcdMembers?: number;
}

export function readParent(reader: Reader, site: ParentSite): ParentSettings {
    const existing = readExistingParent(reader.optionalMapping("existing"));
    const settings = {
        ...readCluster(reader, existing ? undefined : site.zones),
        clusterName: reader.optionalText("clusterName"),
    };
    reader.refuseOthers();
    if (existing) {
        const also = Object.keys(given(settings));
        reader.check(() => checkExistingParent(site.region, existing, also), toldAtTop);
        return { existing };
    }
    reader.check(() => clusterProblems(settings, site), toldAtTop);
    checkWayIn(reader, settings);
    return settings;
}

/** The program calls the cluster's API itself. */
export function checkWayIn(
    reader: Reader,
    { publicAccessFrom, privateAccessFrom }: ClusterSettings,
): void {
    if (publicAccessFrom !== undefined || privateAccessFrom !== undefined) return;
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
        nodes: readNodes(reader.optionalMapping("nodes"), zones),
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

function readNodes(
    reader: Reader | undefined,
    zones: readonly string[] | undefined,
): NodeSettings | undefined {
    const said = reader && {
        instanceTypes: reader.texts("instanceTypes"),
        count: reader.optionalNumber("count"),
        // Which words there are is for the component to say.
        image: reader.optionalText("image") as NodeImage | undefined,
        diskSize: reader.optionalNumber("diskSize"),
        // Where the network exists, only the user knows in which zones its subnets are.
        ...(zones === undefined && { groupPerZone: reader.texts("groupPerZone") }),
    };
    reader?.refuseOthers();
    // One group for all would be replaced when a zone is added.
    return zones ? { ...said, groupPerZone: zones } : said;
}

function readExistingParent(reader: Reader | undefined): ExistingParent | undefined {
    const existing = reader && {
        clusterName: reader.text("clusterName"),
        nodeGroups: reader.texts("nodeGroups") ?? [],
    };
    reader?.refuseOthers();
    return existing;
}
