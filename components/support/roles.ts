import { Role } from "@pulumi/aws/iam/role";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import type * as pulumi from "@pulumi/pulumi";
import { managedPolicy, type Tags } from "./amazon";

export interface RoleFacts {
    readonly region: string;
    readonly description: string;
    /** Who may take it on, as a policy document. */
    readonly trust: string;
    /** Amazon's own policies, by name. */
    readonly policies: readonly string[];
    readonly tags: Tags;
}

/** A role that has its rights as soon as whoever depends on `ready` starts. */
export function declareRole(
    name: string,
    { region, description, trust, policies, tags }: RoleFacts,
    opts: pulumi.CustomResourceOptions,
): { readonly role: Role; readonly ready: pulumi.Resource[] } {
    const role = new Role(name, { description, assumeRolePolicy: trust, tags }, opts);
    const attachments = policies.map(
        (policy) =>
            new RolePolicyAttachment(
                `${name}-${policy.split("/").pop()}`,
                { role: role.name, policyArn: managedPolicy(region, policy) },
                opts,
            ),
    );
    return { role, ready: [role, ...attachments] };
}
