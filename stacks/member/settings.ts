import { type AwsMember, readAwsMembers } from "../aws/memberSettings";
import { Protected } from "../aws/protected";
import { readTags } from "../aws/regionSettings";
import { namesOf } from "../common/memberSettings";
import { type WorkloadSettings, workloadReader } from "../common/workloadSettings";
import type { Tags } from "../../components/support/amazon";
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

const example = '"acme/pulumi-karmada-eks/prod"';

export function readMemberStackSettings(top: Reader): MemberStackSettings {
    const hub = top.text("hub", `name the stack that runs Karmada, such as ${example}`);
    if (!/^[^/\s]+\/[^/\s]+\/[^/\s]+$/.test(hub)) {
        const message = `is ${shown(hub)}; use the full name of a stack, such as ${example}, or "organization/pulumi-karmada-eks/prod" in a backend of your own.`;
        top.report("hub", message);
    }
    const tags = readTags(top);
    const protect = top.choices("protect", { Members: Protected.Members }) ?? [];
    // Whether the hub lets members pull, it tells only when it is asked.
    const members = readAwsMembers(top, true, { tags, peers: false });
    const workloads = top.optionalMappings("workloads", workloadReader(namesOf(top, members)));
    return { kind: "member", hub, tags, protect, members, workloads };
}
