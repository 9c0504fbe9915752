import assert from "node:assert/strict";
import { complains, refused } from "../../../support/awsCli";
import { type Answers, offered, zone } from "./account";
import { examination, lines } from "./examination";

describe("what the doctor asks AWS [PAR-6]", function () {
    this.timeout(60_000);
    const { says, withAws } = examination();

    it("finds nothing wrong with an account in which all is well", async () => {
        const found = lines(await says({ tools: withAws() }));

        assert.deepEqual(
            found
                .slice(found.indexOf(`ok aws: 2.31.0`) + 1)
                .filter((line) => !/stack file|state|secrets/.test(line)),
            [
                "ok credentials: account 999900001111, as arn:aws:sts::999900001111:assumed-role/platform/ana",
                "ok cluster access: you are among those who administer the clusters",
                "ok Region eu-central-1: is on",
                "ok zones of eu-central-1: eu-central-1a, eu-central-1b, eu-central-1c are offered",
                "ok instance types in eu-central-1: m7i.large, t3.small: offered in every zone in use",
                'ok names in eu-central-1: EKS cluster "karmada-parent", load balancer "karmada-lb", log group "/aws/eks/karmada-parent/cluster", alias of a KMS key "alias/eks/karmada-parent": free',
                "ok EKS version: 1.36 is in standard support until 2027-08-02",
                "ok EKS version: 1.36 is offered in eu-central-1",
                "ok quotas in eu-central-1: VPCs: 1 in use and 1 more, of 5",
                "ok quotas in eu-central-1: Elastic IP addresses: 0 in use and 3 more, of 5",
                "ok quotas in eu-central-1: vCPUs of standard on-demand instances: 0 in use and 8 more, of 32",
                "ok quotas in eu-central-1: EKS clusters: 0 in use and 1 more, of 100",
                "ok quotas in eu-central-1: network load balancers: 0 in use and 1 more, of 5",
            ],
        );
    });

    const troubles: readonly (readonly [
        what: string,
        answers: Answers,
        line: RegExp,
        remedy: RegExp,
    ])[] = [
        [
            "who runs it may not enter the clusters",
            {
                "sts get-caller-identity": {
                    Account: "999900001111",
                    Arn: "arn:aws:iam::999900001111:user/eve",
                },
            },
            /^problem cluster access: none of .*role\/team\/platform is you .*user\/eve/,
            /Add your role to the admins/,
        ],
        [
            "who runs it may only look into the clusters",
            {
                "sts get-caller-identity": {
                    Account: "999900001111",
                    Arn: "arn:aws:sts::999900001111:assumed-role/support/ana",
                },
            },
            /^problem cluster access: /,
            /Add your role to the admins/,
        ],
        [
            "the role is of the same name in another account",
            {
                "sts get-caller-identity": {
                    Account: "5",
                    Arn: "arn:aws:sts::5:assumed-role/platform/ana",
                },
            },
            /^problem cluster access: /,
            /admins/,
        ],
        [
            "the Region is off",
            {
                "ec2 describe-regions": {
                    Regions: [{ RegionName: "eu-central-1", OptInStatus: "not-opted-in" }],
                },
            },
            /^problem Region eu-central-1: is not on/,
            /aws account enable-region --region-name eu-central-1/,
        ],
        [
            "a zone is not offered",
            {
                "ec2 describe-availability-zones": {
                    AvailabilityZones: [zone("a", 2), zone("b", 3), zone("d", 1)],
                },
            },
            /^problem zones of eu-central-1: eu-central-1c is not offered/,
            /eu-central-1a, eu-central-1b, eu-central-1d/,
        ],
        [
            "a zone is down",
            {
                "ec2 describe-availability-zones": {
                    AvailabilityZones: [
                        zone("a", 2),
                        { ...zone("b", 3), State: "impaired" },
                        zone("c", 1),
                    ],
                },
            },
            /^problem zones of eu-central-1: eu-central-1b is impaired now/,
            /eu-central-1a, eu-central-1c/,
        ],
        [
            "a zone has no control planes of EKS",
            {
                "ec2 describe-availability-zones": {
                    AvailabilityZones: [
                        zone("a", 2),
                        zone("b", 3),
                        { ...zone("c", 1), ZoneId: "use1-az3" },
                    ],
                },
            },
            /^problem zones of eu-central-1: eu-central-1c is use1-az3, where EKS has no control planes/,
            /eu-central-1a, eu-central-1b/,
        ],
        [
            "a zone lacks the type of the nodes",
            {
                "ec2 describe-instance-type-offerings": {
                    InstanceTypeOfferings: [
                        ...offered("m7i.large", "ac"),
                        ...offered("t3.small", "abc"),
                    ],
                },
            },
            /^problem instance types in eu-central-1: m7i\.large is not offered in eu-central-1b \(but in eu-central-1a, eu-central-1c\)/,
            /another type/,
        ],
        [
            "there is a cluster of that name",
            { "eks describe-cluster": { cluster: {} } },
            /^problem names in eu-central-1: EKS cluster "karmada-parent" is there already/,
            /Choose another name/,
        ],
        [
            "a log group was left behind",
            {
                "logs describe-log-groups": {
                    logGroups: [{ logGroupName: "/aws/eks/karmada-parent/cluster" }],
                },
            },
            /^problem names in eu-central-1: log group "\/aws\/eks\/karmada-parent\/cluster" is there already/,
            /remove what has it/,
        ],
        [
            "EKS has given up the version",
            {
                "eks describe-cluster-versions": {
                    clusterVersions: [
                        { clusterVersion: "1.36", versionStatus: "EXTENDED_SUPPORT" },
                    ],
                },
            },
            /^problem EKS version: EKS in eu-central-1 says of 1\.36: extended support/,
            /another version/,
        ],
        [
            "addresses run out",
            { "ec2 describe-addresses": { Addresses: [{}, {}, {}] } },
            /^problem quotas in eu-central-1: Elastic IP addresses: 3 in use and 3 more, of 5/,
            /request-service-quota-increase --region eu-central-1 --service-code ec2 --quota-code L-0263D0A3 --desired-value 6/,
        ],
        [
            "no address is left",
            { "ec2 describe-addresses": { Addresses: [{}, {}] } },
            /^warning quotas in eu-central-1: Elastic IP addresses: 2 in use and 3 more, of 5: nothing is left/,
            /--quota-code L-0263D0A3 --desired-value 10/,
        ],
        [
            "vCPUs run out, spot and special instances not counted",
            {
                "ec2 describe-instances": {
                    Reservations: [
                        {
                            Instances: [
                                {
                                    InstanceType: "c7i.8xlarge",
                                    CpuOptions: { CoreCount: 14, ThreadsPerCore: 2 },
                                },
                                {
                                    InstanceType: "c7i.8xlarge",
                                    InstanceLifecycle: "spot",
                                    CpuOptions: { CoreCount: 16, ThreadsPerCore: 2 },
                                },
                                {
                                    InstanceType: "inf2.xlarge",
                                    CpuOptions: { CoreCount: 2, ThreadsPerCore: 2 },
                                },
                            ],
                        },
                    ],
                },
            },
            /^problem quotas in eu-central-1: vCPUs of standard on-demand instances: 28 in use and 8 more, of 32/,
            /--quota-code L-1216C47A --desired-value 36/,
        ],
        [
            "it may not look",
            { "ec2 describe-addresses": refused("UnauthorizedOperation") },
            /^unchecked quotas in eu-central-1: Elastic IP addresses: An error occurred \(UnauthorizedOperation\)/,
            /^$/,
        ],
    ];
    for (const [what, answers, line, remedy] of troubles) {
        it(`says what to do when ${what}`, async () => {
            const findings = (await says({ tools: withAws(answers) })).filter((finding) =>
                line.test(lines([finding])[0]!),
            );

            assert.equal(findings.length, 1, String(line));
            assert.match(findings[0]!.remedy ?? "", remedy);
        });
    }

    it("takes no offence at what this very stack has made", async () => {
        const made = ["aws:eks/cluster:Cluster", "aws:ec2/eip:Eip"];
        const answers = {
            "eks describe-cluster": { cluster: {} },
            "ec2 describe-addresses": { Addresses: [{}, {}, {}] },
        };
        const found = lines(await says({ tools: withAws(answers), made }));

        assert.deepEqual(
            found.filter((line) => /is there already|Elastic IP/.test(line)),
            [],
        );
    });

    it("looks at what is new also where its Region is told by a provider that is there", async () => {
        const answers = { "ec2 describe-addresses": { Addresses: [{}, {}, {}] } };
        const made = ["pulumi:providers:aws"];
        const found = lines(await says({ tools: withAws(answers), made }));

        assert.ok(
            found.includes(
                "problem quotas in eu-central-1: Elastic IP addresses: 3 in use and 3 more, of 5",
            ),
            found.join("\n"),
        );
    });

    it("says in a sentence what an old AWS CLI cannot be asked", async () => {
        const invalid =
            "usage: aws [options]\n\naws: error: argument operation: Invalid choice, valid choices are:\n\ncreate";
        const answers = { "eks describe-cluster-versions": complains(invalid) };
        const found = lines(await says({ tools: withAws(answers) }));

        assert.ok(
            found.includes(
                'unchecked EKS version: this version of the AWS CLI does not know "aws eks describe-cluster-versions"',
            ),
            found.join("\n"),
        );
    });
});
