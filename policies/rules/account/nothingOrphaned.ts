import { keysAt, knownTexts } from "../../frame/read";
import { levels, stackRule, type StackResource } from "../../frame/rule";
import {
    egressRule,
    identitiesOf,
    ingressRule,
    launchTemplate,
    ofType,
    securityGroup,
    securityGroupRule,
    targetGroup,
} from "../../subjects/amazon";

const pieces = [
    "aws:ec2/eip:Eip",
    "aws:ebs/volume:Volume",
    "aws:kms/key:Key",
    launchTemplate,
    securityGroup,
    targetGroup,
];

/** They say something about a piece, and are no use of it. */
const remarks = [
    securityGroupRule,
    ingressRule,
    egressRule,
    "aws:kms/alias:Alias",
    "aws:kms/keyPolicy:KeyPolicy",
];

export const nothingOrphaned = stackRule({
    id: "CST-02",
    name: "nothing-orphaned",
    sentence: "What is of use only to something else is used by something.",
    severity: "low",
    anchors: ["Trusted Advisor: unassociated Elastic IP addresses"],
    remedy: "Remove it, or exempt it and say who uses it from elsewhere.",
    levels: levels.onlyStrict,
    unknown: "never",
    concerns: pieces,
    reads: "all",
    checkStack(stack, report) {
        const users = stack
            .filter(({ type }) => !remarks.includes(type))
            .map((user) => ({ user, mentioned: mentionedBy(user) }));
        for (const piece of ofType(stack, ...pieces)) {
            const names = [piece.urn, ...identitiesOf(piece)];
            const isUsed = users.some(
                ({ user, mentioned }) =>
                    user !== piece && names.some((name) => mentioned.has(name)),
            );
            if (!isUsed) report("nothing in the program refers to it: remove it.", piece);
        }
    },
});

function mentionedBy(user: StackResource): ReadonlySet<string> {
    const references = keysAt(user.props).flatMap((property) => user.references(property));
    return new Set([...references, ...knownTexts(user.props)]);
}
