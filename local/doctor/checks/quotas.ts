import { type QuotaDefault, quotaDefaults } from "../../plan/quotaDefaults";
import type { Aws } from "../../support/aws";
import { refusalCode } from "../../support/aws";
import type { Check } from "../context";
import { type Finding, ok, problem, unchecked, warning } from "../finding";
import { needsOfAdded, type RegionNeeds } from "../needs";
import { inUse, vCpusOf } from "../vCpus";

interface Quota extends QuotaDefault {
    readonly used: (aws: Aws, region: string) => Promise<number>;
    readonly added: (needs: RegionNeeds, aws: Aws) => number | Promise<number>;
}

/** Those that are counted by account, and small in a new one. */
const quotas: readonly Quota[] = [
    {
        ...quotaDefaults.vpcs,
        used: lengthOf("Vpcs", "ec2", "describe-vpcs"),
        added: ({ vpcs }) => vpcs,
    },
    {
        ...quotaDefaults.addresses,
        used: lengthOf("Addresses", "ec2", "describe-addresses"),
        added: ({ addresses }) => addresses,
    },
    {
        ...quotaDefaults.standardCores,
        used: inUse,
        added: ({ machines, region }, aws) => vCpusOf(aws, region, machines),
    },
    {
        ...quotaDefaults.clusters,
        used: lengthOf("clusters", "eks", "list-clusters"),
        added: ({ clusters }) => clusters.length,
    },
    {
        ...quotaDefaults.loadBalancers,
        used: async (aws, region) => {
            const { LoadBalancers } = await aws.ask<{ LoadBalancers: { Type: string }[] }>(
                ...["elbv2", "describe-load-balancers", "--region", region],
            );
            return LoadBalancers.filter(({ Type }) => Type === "network").length;
        },
        added: ({ loadBalancers }) => loadBalancers.length,
    },
];

export const quotasSuffice: Check = {
    subject: "quotas",
    examine: async ({ identity, plan, aws }) => {
        await identity();
        const needs = needsOfAdded(await plan());
        const found = needs.flatMap((each) =>
            quotas.map((quota) =>
                judge(quota, each, aws).catch((error: Error) => [
                    unchecked(`quotas in ${each.region}`, `${quota.name}: ${error.message}`),
                ]),
            ),
        );
        return (await Promise.all(found)).flat();
    },
};

async function judge(quota: Quota, needs: RegionNeeds, aws: Aws): Promise<Finding[]> {
    const added = await quota.added(needs, aws);
    if (added === 0) return [];
    const [used, limit] = await Promise.all([
        quota.used(aws, needs.region),
        limitOf(quota, needs.region, aws),
    ]);
    const subject = `quotas in ${needs.region}`;
    const all = used + added;
    const message = `${quota.name}: ${used} in use and ${added} more, of ${limit}`;
    if (all < limit) return [ok(subject, message)];
    const ask = (value: number) =>
        `aws service-quotas request-service-quota-increase --region ${needs.region} ` +
        `--service-code ${quota.service} --quota-code ${quota.code} --desired-value ${value}`;
    return all > limit
        ? [problem(subject, message, ask(all))]
        : [warning(subject, `${message}: nothing is left`, ask(2 * all))];
}

async function limitOf({ service, code }: Quota, region: string, aws: Aws): Promise<number> {
    const which = ["--service-code", service, "--quota-code", code, "--region", region];
    const ask = (operation: string) =>
        aws.ask<{ Quota: { Value: number } }>("service-quotas", operation, ...which);
    try {
        return (await ask("get-service-quota")).Quota.Value;
    } catch (error) {
        // Of this account nothing is said: it has what everybody has.
        if (refusalCode(error) !== "NoSuchResourceException") throw error;
        return (await ask("get-aws-default-service-quota")).Quota.Value;
    }
}

function lengthOf(list: string, ...question: string[]): Quota["used"] {
    return async (aws, region) => {
        const answer = await aws.ask<Record<string, unknown[]>>(...question, "--region", region);
        return answer[list]!.length;
    };
}
