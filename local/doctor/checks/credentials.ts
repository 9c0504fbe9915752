import type { Check, Identity } from "../context";
import { ok, problem } from "../finding";

/** Whether AWS knows the user, and whether the clusters will. */
export const credentials: Check = {
    subject: "credentials",
    examine: async (context) => {
        const { Account, Arn } = await context.identity();
        return [ok("credentials", `account ${Account}, as ${Arn}`)];
    },
};

export const deployerIsAdmin: Check = {
    subject: "cluster access",
    examine: async (context) => {
        const identity = await context.identity();
        const { resources } = await context.plan();
        const admins = resources
            .filter(
                ({ type, inputs }) =>
                    type === "aws:eks/accessPolicyAssociation:AccessPolicyAssociation" &&
                    String(inputs.policyArn).endsWith("/AmazonEKSClusterAdminPolicy"),
            )
            .flatMap(({ inputs }) =>
                typeof inputs.principalArn === "string" ? [inputs.principalArn] : [],
            );
        if (admins.length === 0) return [];
        const subject = "cluster access";
        if (admins.some((arn) => isSame(identity, arn))) {
            return [ok(subject, "you are among those who administer the clusters")];
        }
        const message = `none of ${[...new Set(admins)].join(", ")} is you (${identity.Arn}): AWS would make the clusters, and they would let nobody of this update in`;
        return [
            problem(
                subject,
                message,
                "Add your role to the admins in the stack file, or take on one of theirs.",
            ),
        ];
    },
};

/** A session is called by the role's last name; the path before it is not told. */
function isSame({ Account, Arn }: Identity, principal: string): boolean {
    const session = /:assumed-role\/([^/]+)\//.exec(Arn);
    if (session === null) return Arn === principal;
    const role = /:(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(principal);
    return role !== null && role[1] === Account && role[2] === session[1];
}
