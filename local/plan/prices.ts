/**
 * Public list prices in US dollars, without tax, discounts and free tiers. Each was found twice, or in a
 * copy of AWS's own price list; `unverified` names the ones of which that cannot be said.
 */
export const priceTable = {
    asOf: "2026-11-21",
    hoursPerMonth: 730,
    sources: {
        eks: "https://aws.amazon.com/eks/pricing/",
        instances: "https://aws.amazon.com/ec2/pricing/on-demand/",
        disks: "https://aws.amazon.com/ebs/pricing/",
        network: "https://aws.amazon.com/vpc/pricing/",
        endpoints: "https://aws.amazon.com/privatelink/pricing/",
        loadBalancers: "https://aws.amazon.com/elasticloadbalancing/pricing/",
        keys: "https://aws.amazon.com/kms/pricing/",
        logs: "https://aws.amazon.com/cloudwatch/pricing/",
        buckets: "https://aws.amazon.com/s3/pricing/",
    },
    unverified: [
        {
            regions: ["eu-central-1"],
            what: "NAT data in eu-central-1, taken as the price of a NAT hour, as in other Regions",
        },
        {
            regions: ["eu-central-1", "eu-west-1"],
            what: "capacity units of load balancers in Europe, taken as in us-east-1",
        },
        {
            regions: ["us-east-2", "us-west-2"],
            what: "logs and interface endpoints in us-east-2 and us-west-2, taken as in us-east-1",
        },
    ],
} as const;

/** What a Region charges; a price that is missing is not known. */
export interface RegionalPrices {
    readonly clusterHour?: number;
    /** Hour of the size "2xlarge", by family: AWS prices the sizes of a family in proportion. */
    readonly instanceHour?: Readonly<Record<string, number>>;
    readonly diskGiBMonth?: number;
    readonly natHour?: number;
    readonly natGB?: number;
    readonly publicAddressHour?: number;
    readonly endpointHour?: number;
    readonly endpointGB?: number;
    readonly balancerHour?: number;
    readonly balancerUnitHour?: number;
    readonly keyMonth?: number;
    readonly logGB?: number;
    readonly bucketGBMonth?: number;
}

/** The same wherever AWS runs outside China and GovCloud. */
const everywhere = {
    clusterHour: 0.1,
    publicAddressHour: 0.005,
    endpointGB: 0.01,
    balancerUnitHour: 0.006,
    keyMonth: 1,
} as const;

const northAmerica: RegionalPrices = {
    ...everywhere,
    instanceHour: { t3: 0.3328, t3a: 0.3008, t4g: 0.2688, m7i: 0.4032, m7g: 0.3264 },
    diskGiBMonth: 0.08,
    natHour: 0.045,
    natGB: 0.045,
    endpointHour: 0.01,
    balancerHour: 0.0225,
    logGB: 0.5,
    bucketGBMonth: 0.023,
};

export const prices: Readonly<Record<string, RegionalPrices>> = {
    "us-east-1": northAmerica,
    "us-east-2": northAmerica,
    "us-west-2": northAmerica,
    "eu-central-1": {
        ...everywhere,
        instanceHour: { t3: 0.384, t3a: 0.3456, t4g: 0.3072, m7i: 0.483, m7g: 0.391 },
        diskGiBMonth: 0.0952,
        natHour: 0.052,
        natGB: 0.052,
        endpointHour: 0.012,
        balancerHour: 0.027,
        logGB: 0.63,
        bucketGBMonth: 0.0245,
    },
    "eu-west-1": {
        ...everywhere,
        instanceHour: { t3: 0.3648, t3a: 0.3264, t4g: 0.2944, m7i: 0.4494, m7g: 0.3638 },
        diskGiBMonth: 0.088,
        natHour: 0.048,
        natGB: 0.048,
        endpointHour: 0.011,
        balancerHour: 0.0252,
        bucketGBMonth: 0.023,
    },
};

/** Sizes as parts of a "2xlarge". */
const sizes: Readonly<Record<string, number>> = {
    micro: 1 / 32,
    small: 1 / 16,
    medium: 1 / 8,
    large: 1 / 4,
    xlarge: 1 / 2,
    "2xlarge": 1,
    "4xlarge": 2,
    "8xlarge": 4,
};

export function instanceHour(
    { instanceHour }: RegionalPrices,
    instanceType: string,
): number | undefined {
    const [family = "", size = ""] = instanceType.split(".");
    const whole = instanceHour?.[family];
    const part = sizes[size];
    return whole === undefined || part === undefined ? undefined : whole * part;
}
