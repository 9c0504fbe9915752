import type { Aws } from "../../support/aws";
import { refusalCode } from "../../support/aws";
import type { Check } from "../context";
import { type Finding, ok, problem, unchecked } from "../finding";
import { needsOf, type RegionNeeds } from "../needs";
import { inUse, vCpusOf } from "../vCpus";

interface Quota {
    readonly what: string;
    readonly service: string;
    readonly code: string;
    readonly used: (aws: Aws, region: string) => Promise<number>;
    readonly added: (needs: RegionNeeds, aws: Aws) => number | Promise<number>;
}

/** Each of these is small in a new account. */
const quotas: readonly Quota[] = [
    {
        what: "VPCs",
        service: "vpc",
        code: "L-F678F1CE",
        used: counted("Vpcs", "ec2", "describe-vpcs"),
        added: ({ vpcs }) => vpcs,
    },
    {
        what: "Elastic IP addresses",
        service: "ec2",
        code: "L-0263D0A3",
        used: counted("Addresses", "ec2", "describe-addresses"),
        added: ({ addresses }) => addresses,
    },
    {
        what: "vCPUs of on-demand standard instances",
        service: "ec2",
        code: "L-1216C47A",
        used: inUse,
        added: ({ instances, region }, aws) => vCpusOf(aws, region, instances),
    },
    {
        what: "EKS clusters",
        service: "eks",
        code: "L-1194D53C",
        used: counted("clusters", "eks", "list-clusters"),
        added: ({ clusters }) => clusters.length,
    },
    {
        what: "network load balancers",
        service: "elasticloadbalancing",
        code: "L-69A177A2",
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
        const needs = needsOf((await plan()).added);
        const found = needs.flatMap((each) =>
            quotas.map((quota) =>
                judge(quota, each, aws).catch((error: Error) => [
                    unchecked(`quotas in ${each.region}`, `${quota.what}: ${error.message}`),
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
    const message = `${quota.what}: ${used} in use and ${added} more, of ${limit}`;
    if (used + added <= limit) return [ok(subject, message)];
    const remedy =
        `aws service-quotas request-service-quota-increase --region ${needs.region} ` +
        `--service-code ${quota.service} --quota-code ${quota.code} --desired-value ${used + added}`;
    return [problem(subject, message, remedy)];
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

function counted(list: string, ...question: string[]): Quota["used"] {
    return async (aws, region) => {
        const answer = await aws.ask<Record<string, unknown[]>>(...question, "--region", region);
        return answer[list]!.length;
    };
}
