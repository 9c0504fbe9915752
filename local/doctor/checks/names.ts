import { refusalCode } from "../../support/aws";
import type { Check, Context } from "../context";
import { type Finding, ok, problem } from "../finding";
import { needsOfAdded, type RegionNeeds } from "../needs";

/** Names that this stack gives: who has one already would make AWS refuse half-way. */
export const namesAreFree: Check = {
    subject: "names",
    examine: async (context) => {
        await context.identity();
        const needs = needsOfAdded(await context.plan());
        return (await Promise.all(needs.map((each) => inRegion(each, context)))).flat();
    },
};

async function inRegion(needs: RegionNeeds, { aws }: Context): Promise<Finding[]> {
    const at = ["--region", needs.region];
    const asked = (
        names: readonly string[],
        what: string,
        taken: (name: string) => Promise<boolean>,
    ) => names.map(async (name) => ({ what: `${what} "${name}"`, taken: await taken(name) }));
    const answers = await Promise.all([
        ...asked(
            needs.clusters.map(({ name }) => name),
            "EKS cluster",
            (name) => isThere(aws.ask("eks", "describe-cluster", "--name", name, ...at)),
        ),
        ...asked(needs.loadBalancers, "load balancer", (name) =>
            isThere(aws.ask("elbv2", "describe-load-balancers", "--names", name, ...at)),
        ),
        ...asked(needs.logGroups, "log group", async (name) => {
            const { logGroups } = await aws.ask<{ logGroups: { logGroupName: string }[] }>(
                ...["logs", "describe-log-groups", "--log-group-name-prefix", name, ...at],
            );
            return logGroups.some(({ logGroupName }) => logGroupName === name);
        }),
        ...asked(needs.keyAliases, "alias of a KMS key", (name) =>
            isThere(aws.ask("kms", "describe-key", "--key-id", name, ...at)),
        ),
    ]);
    const taken = answers.filter((each) => each.taken);
    const subject = `names in ${needs.region}`;
    if (taken.length > 0) {
        const remedy =
            "Choose another name in the stack file; or remove what has it, if nobody needs that.";
        return taken.map(({ what }) => problem(subject, `${what} is there already`, remedy));
    }
    return answers.length === 0
        ? []
        : [ok(subject, `${answers.map(({ what }) => what).join(", ")}: free`)];
}

const nothingThere = ["ResourceNotFoundException", "LoadBalancerNotFound", "NotFoundException"];

async function isThere(question: Promise<unknown>): Promise<boolean> {
    try {
        await question;
        return true;
    } catch (error) {
        if (nothingThere.includes(refusalCode(error) ?? "")) return false;
        throw error;
    }
}
