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

/** Families that the quota of standard instances counts. */
const isStandard = (type: string): boolean =>
    /^([acdhimrtz])/.test(type) && !/^(dl|hpc|inf|mac|trn)/.test(type);

/** How many vCPUs of on-demand standard instances run now. */
export async function inUse(aws: Aws, region: string): Promise<number> {
    const { Reservations } = await aws.ask<{ Reservations: { Instances: Instance[] }[] }>(
        ...["ec2", "describe-instances", "--region", region],
        ...["--filters", "Name=instance-state-name,Values=pending,running"],
    );
    return Reservations.flatMap(({ Instances }) => Instances)
        .filter(
            ({ InstanceType, InstanceLifecycle }) =>
                InstanceLifecycle === undefined && isStandard(InstanceType),
        )
        .map(({ CpuOptions }) =>
            CpuOptions ? CpuOptions.CoreCount * CpuOptions.ThreadsPerCore : 0,
        )
        .reduce((sum, each) => sum + each, 0);
}

/** How many vCPUs so many instances of these types have together. */
export async function vCpusOf(
    aws: Aws,
    region: string,
    instances: ReadonlyMap<string, number>,
): Promise<number> {
    const types = [...instances.keys()].filter(isStandard).sort();
    if (types.length === 0) return 0;
    const { InstanceTypes } = await aws.ask<{ InstanceTypes: Type[] }>(
        ...["ec2", "describe-instance-types", "--region", region, "--instance-types", ...types],
    );
    return InstanceTypes.map(
        ({ InstanceType, VCpuInfo }) => instances.get(InstanceType)! * VCpuInfo.DefaultVCpus,
    ).reduce((sum, each) => sum + each, 0);
}
