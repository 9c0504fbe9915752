import type { StackResource } from "../frame/rule";
import { nodeGroup, ofType, refersTo, role, roleAttachment } from "./amazon";

/** The policies that the roles of nodes have. */
export function nodeAttachments(stack: readonly StackResource[]): StackResource[] {
    const groups = ofType(stack, nodeGroup);
    const roles = ofType(stack, role).filter((each) =>
        groups.some((group) => refersTo(group, "nodeRoleArn", each)),
    );
    return ofType(stack, roleAttachment).filter((attachment) =>
        roles.some((each) => refersTo(attachment, "role", each)),
    );
}
