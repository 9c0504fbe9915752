import { JoinMode } from "../../components/member/joinMode";
import { namesOf } from "../common/memberSettings";
import { readWorkloads, type WorkloadSettings } from "../common/workloadSettings";
import type { Reader } from "../reader";
import { type BudgetSettings, type HostSettings, readBudget, readHost } from "./besidesSettings";
import { type EndpointSettings, readEndpoint } from "./endpointSettings";
import {
    defaultKarmada,
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
import { checkTogether } from "./together";

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
    const network = top.mapping("network", (reader) => readNetwork(reader, site));
    const karmada = top.optionalMapping("karmada", readKarmada) ?? defaultKarmada;
    const { zones } = network;
    const etcdMembers = karmada.etcd.members;
    const parent = top.mapping("parent", (reader) =>
        readParent(reader, { ...site, zones, etcdMembers }),
    );
    const endpoint = top.mapping("endpoint", (reader) => readEndpoint(reader, site));
    const members = readAwsMembers(top, true, {
        tags: site.tags,
        admins: parent.existing ? undefined : (parent.admins ?? []),
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
        backup: top.optionalMapping("backup", (reader) => readBackup(reader, site)),
        host: top.optionalMapping("host", (reader) => readHost(reader, site)),
        budget: top.optionalMapping("budget", (reader) => readBudget(reader, site)),
        members,
        workloads: readWorkloads(top, namesOf(top, members)),
        spokes: top.optionalChoice("spokes", JoinMode),
    };
    for (const { path, message, about } of checkTogether(settings)) {
        if (!about.some((key) => top.misread(key))) top.report(path, message);
    }
    return settings;
}
