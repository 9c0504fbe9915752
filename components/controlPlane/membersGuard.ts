import * as pulumi from "@pulumi/pulumi";
import { lastToStay, membersFirstBinding, membersFirstPolicy } from "./karmadaApi";
import { declareObject } from "./karmadaObject";

export interface MembersGuard {
    /** Everything of the control plane: whatever this depends on stays while members are joined. */
    readonly everything: pulumi.Resource[];
    /** What is gone with its whole content when it goes. */
    readonly apiServer: pulumi.Resource;
    readonly destroyWithMembers: boolean;
}

/**
 * The first thing of the control plane that a destroy takes away, and Karmada's API refuses to give
 * it while members are joined. Members of the same program are gone by then.
 */
export function declareMembersGuard(
    name: string,
    { everything, apiServer, destroyWithMembers }: MembersGuard,
    inKarmada: pulumi.CustomResourceOptions,
): pulumi.Resource {
    // Not changed but left out: another word in the list would be added to those of an earlier manager.
    const wanted = destroyWithMembers ? [] : [membersFirstPolicy(), membersFirstBinding()];
    const rules = wanted.map((each) =>
        declareObject(
            name,
            each,
            pulumi.mergeOptions(inKarmada, { deletedWith: apiServer, dependsOn: everything }),
        ),
    );
    const dependsOn = [...everything, ...rules];
    return declareObject(name, lastToStay(), pulumi.mergeOptions(inKarmada, { dependsOn }));
}
