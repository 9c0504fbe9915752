import { type AwsMember, readAwsMembers } from "../aws/memberSettings";
import { Protected } from "../aws/protected";
import { namesOf } from "../common/memberSettings";
import { readWorkloads, type WorkloadSettings } from "../common/workloadSettings";
import { checkTags, type Tags } from "../../components/support/amazon";
import { shown } from "../../components/support/problems";
import type { Reader } from "../reader";

/** Members of a Karmada that another stack, often another team's, runs. */
export interface MemberStackSettings {
    readonly kind: "member";
    /** Full name of that stack: organization, project and stack. */
    readonly hub: string;
    readonly tags: Tags;
    readonly protect: readonly Protected[];
    readonly members: readonly AwsMember[];
    readonly workloads: readonly WorkloadSettings[];
}

export function readMemberStackSettings(top: Reader): MemberStackSettings {
    const hub = top.text("hub");
    if (hub !== "" && !/^[^/\s]+\/[^/\s]+\/[^/\s]+$/.test(hub)) {
        const message = `is ${shown(hub)}; use the full name of a stack, such as "acme/pulumi-karmada-eks/prod", or "organization/pulumi-karmada-eks/prod" in a backend of your own.`;
        top.report("hub", message);
    }
    const tags = top.labels("tags") ?? {};
    top.reportAll(checkTags("tags", tags));
    const protect = top.choices("protect", { Members: Protected.Members }) ?? [];
    // Whether the hub lets members pull, it tells only when it is asked.
    const members = readAwsMembers(top.mappings("members"), true, { tags, peers: false });
    const workloads = readWorkloads(top.optionalMappings("workloads"), namesOf(members));
    return { kind: "member", hub, tags, protect, members, workloads };
}
