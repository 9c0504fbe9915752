import type { Registered } from "./mocks";

/** AWS itself knows no tags for these. */
const untaggable =
    /:(AccessPolicyAssociation|Alias|Attachment|Bucket[A-Z]\w+|Record|RolePolicy|RolePolicyAttachment)$/;

/** Names of Amazon's resources, and of components of theirs, that do not carry the tag. */
export function untagged(all: readonly Registered[], key: string): string[] {
    return all
        .filter(({ type }) => /^(aws|awsx|eks):/.test(type) && !untaggable.test(type))
        .filter(({ inputs }) => !(key in ((inputs["tags"] as object | undefined) ?? {})))
        .map(({ type, name }) => `${type} ${name}`);
}
