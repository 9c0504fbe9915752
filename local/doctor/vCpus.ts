import { isStandard, type Machine } from "../plan/machines";
import { sum } from "../plan/values";
import type { Aws } from "../support/aws";

interface Instance {
    readonly InstanceType: string;
    /** Of spot instances only, which have a quota of their own. */
    readonly InstanceLifecycle?: string;
    readonly CpuOptions?: { readonly CoreCount: number; readonly ThreadsPerCore: number };
}

interface Type {
    readonly InstanceType: string;
    readonly VCpuInfo: { readonly DefaultVCpus: number };
}

/** How many vCPUs of on-demand standard instances run now. */
export async function inUse(aws: Aws, region: string): Promise<number> {
    const { Reservations } = await aws.ask<{ Reservations: { Instances: Instance[] }[] }>(
        ...["ec2", "describe-instances", "--region", region],
        ...["--filters", "Name=instance-state-name,Values=pending,running"],
    );
    const counted = Reservations.flatMap(({ Instances }) => Instances).filter(
        ({ InstanceType, InstanceLifecycle }) =>
            InstanceLifecycle === undefined && isStandard(InstanceType),
    );
    return sum(
        counted.map(({ CpuOptions }) =>
            CpuOptions ? CpuOptions.CoreCount * CpuOptions.ThreadsPerCore : 0,
        ),
    );
}

/** How many vCPUs the standard ones of these have together. */
export async function vCpusOf(
    aws: Aws,
    region: string,
    machines: readonly Machine[],
): Promise<number> {
    const counts = new Map(
        machines.filter(({ type }) => isStandard(type)).map(({ type, count }) => [type, count]),
    );
    if (counts.size === 0) return 0;
    const types = [...counts.keys()].sort();
    const { InstanceTypes } = await aws.ask<{ InstanceTypes: Type[] }>(
        ...["ec2", "describe-instance-types", "--region", region, "--instance-types", ...types],
    );
    return sum(
        InstanceTypes.map(
            ({ InstanceType, VCpuInfo }) => counts.get(InstanceType)! * VCpuInfo.DefaultVCpus,
        ),
    );
}
