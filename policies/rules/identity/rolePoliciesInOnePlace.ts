import { lengthAt } from "../../frame/read";
import { levels, stackRule } from "../../frame/rule";
import { ofType, refersTo, role, roleAttachment, rolePolicy } from "../../subjects/amazon";

export const rolePoliciesInOnePlace = stackRule({
    id: "IAM-04",
    name: "role-policies-in-one-place",
    sentence: "A role has its policies either inside or beside it, not both.",
    severity: "medium",
    anchors: ["AWSGuard iam-role-no-policy-management-conflicts"],
    remedy: "Attach them all beside it: each update takes away what the other has made.",
    levels: levels.always,
    unknown: "later",
    concerns: [role],
    reads: [roleAttachment, rolePolicy],
    checkStack(stack, report) {
        const pairs = [
            ["managedPolicyArns", roleAttachment],
            ["inlinePolicies", rolePolicy],
        ] as const;
        for (const each of ofType(stack, role)) {
            for (const [inside, beside] of pairs) {
                if (lengthAt(each.props, inside) === 0) continue;
                const other = ofType(stack, beside).find((one) => refersTo(one, "role", each));
                if (other) {
                    report(
                        `${inside} is set, and "${other.name}" is one beside it: keep them in one place.`,
                        each,
                    );
                }
            }
        }
    },
});
