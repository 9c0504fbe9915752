import { type AwsAnswer, refused } from "../../../support/awsCli";

export type Answers = Readonly<Record<string, AwsAnswer>>;

export const zone = (letter: string, id: number) => ({
    ZoneName: `eu-central-1${letter}`,
    ZoneId: `euc1-az${id}`,
    State: "available",
});
export const offered = (type: string, letters: string) =>
    [...letters].map((letter) => ({ InstanceType: type, Location: `eu-central-1${letter}` }));

/** An account in which everything is as it should be. */
export const goodAccount: Answers = {
    "sts get-caller-identity": {
        Account: "999900001111",
        Arn: "arn:aws:sts::999900001111:assumed-role/platform/ana",
    },
    "ec2 describe-regions": {
        Regions: [{ RegionName: "eu-central-1", OptInStatus: "opt-in-not-required" }],
    },
    "ec2 describe-availability-zones": {
        AvailabilityZones: [zone("a", 2), zone("b", 3), zone("c", 1)],
    },
    "ec2 describe-instance-type-offerings": {
        InstanceTypeOfferings: [...offered("m7i.large", "abc"), ...offered("t3.small", "abc")],
    },
    "ec2 describe-instance-types": {
        InstanceTypes: ["m7i.large", "t3.small"].map((InstanceType) => ({
            InstanceType,
            VCpuInfo: { DefaultVCpus: 2 },
        })),
    },
    "ec2 describe-instances": { Reservations: [] },
    "ec2 describe-vpcs": { Vpcs: [{}] },
    "ec2 describe-addresses": { Addresses: [] },
    "eks list-clusters": { clusters: [] },
    "elbv2 describe-load-balancers": { LoadBalancers: [{ Type: "application" }] },
    "elbv2 describe-load-balancers --names": refused("LoadBalancerNotFound"),
    "eks describe-cluster": refused("ResourceNotFoundException"),
    "logs describe-log-groups": { logGroups: [] },
    "kms describe-key": refused("NotFoundException"),
    "eks describe-cluster-versions": {
        clusterVersions: [{ clusterVersion: "1.36", versionStatus: "STANDARD_SUPPORT" }],
    },
    "service-quotas get-service-quota": { Quota: { Value: 5 } },
    "service-quotas get-service-quota L-1216C47A": { Quota: { Value: 32 } },
    "service-quotas get-service-quota L-1194D53C": refused("NoSuchResourceException"),
    "service-quotas get-aws-default-service-quota": { Quota: { Value: 100 } },
};
