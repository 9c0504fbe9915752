import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, copyFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { diagnose, findingsAsText, type Finding } from "../../../../local/doctor";
import { projectRoot } from "../../../../local/support/root";
import {
    type AwsAnswer,
    refused,
    silence,
    silenceSeconds,
    standInAws,
} from "../../../support/awsCli";
import { temporaryFolder } from "../../../support/temporary";
import { resources } from "./plan";

type Answers = Readonly<Record<string, AwsAnswer>>;

const zone = (letter: string, id: number) => ({
    ZoneName: `eu-central-1${letter}`,
    ZoneId: `euc1-az${id}`,
    State: "available",
});
const offered = (type: string, letters: string) =>
    [...letters].map((letter) => ({ InstanceType: type, Location: `eu-central-1${letter}` }));

/** An account in which everything is as it should be. */
const goodAccount: Answers = {
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

describe("the doctor [PAR-6]", function () {
    this.timeout(60_000);
    const folder = temporaryFolder();
    const stackFile = path.join(folder, "Pulumi.dev.yaml");
    let asked = 0;

    const stackFileSays = (...lines: string[]) =>
        writeFileSync(stackFile, ["config:", ...lines, ""].join("\n"));

    beforeEach(() => copyFileSync(path.join(projectRoot, "Pulumi.dev.yaml"), stackFile));

    /** What it says with this `aws` on PATH, and nothing else but Node. */
    function says(
        tools: string | undefined,
        { today = "2026-11-21", answerWithinMs = 20_000, made = [] as string[] } = {},
    ): Promise<readonly Finding[]> {
        return diagnose({
            stack: stackFile,
            environment: { PATH: tools ?? path.join(folder, "nothing") },
            today: new Date(today),
            answerWithinMs,
            plan: async () => ({
                resources,
                added: resources.filter(({ type }) => !made.includes(type)),
            }),
        });
    }

    const withAnswers = (changed: Answers, version?: string) =>
        standInAws(path.join(folder, `tools-${asked++}`), { ...goodAccount, ...changed }, version);

    const lines = (findings: readonly Finding[]) =>
        findings.map(({ verdict, subject, message }) => `${verdict} ${subject}: ${message}`);

    it("finds nothing wrong with an account in which all is well", async () => {
        const found = lines(await says(withAnswers({})));

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
                "ok quotas in eu-central-1: vCPUs of on-demand standard instances: 0 in use and 8 more, of 32",
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
            /^problem quotas in eu-central-1: vCPUs of on-demand standard instances: 28 in use and 8 more, of 32/,
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
            const findings = (await says(withAnswers(answers))).filter((finding) =>
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
        const found = lines(await says(withAnswers(answers), { made }));

        assert.deepEqual(
            found.filter((line) => /is there already|Elastic IP/.test(line)),
            [],
        );
    });

    it("warns before standard support of the version ends, and refuses after", async () => {
        const tools = withAnswers({});
        const on = async (today: string) =>
            lines(await says(tools, { today })).filter((line) => line.includes("standard support"));

        assert.deepEqual(await on("2027-07-01"), [
            "warning EKS version: 1.36 leaves standard support on 2027-08-02",
        ]);
        assert.deepEqual(await on("2027-09-01"), [
            "problem EKS version: 1.36 has been out of standard support since 2027-08-02",
        ]);
    });

    it("refuses an AWS CLI that gets no tokens for EKS", async () => {
        const found = lines(await says(withAnswers({}, "2.6.4")));

        assert.ok(found.includes("problem aws: 2.6.4 cannot get tokens for EKS"), found.join("\n"));
    });

    it("does what it can without credentials, and names what is left", async () => {
        const findings = await says(
            withAnswers({ "sts get-caller-identity": refused("ExpiredToken") }),
        );

        assert.ok(
            lines(findings).includes(
                "ok EKS version: 1.36 is in standard support until 2027-08-02",
            ),
        );
        assert.match(
            findingsAsText(findings),
            /^unchecked {2}credentials, cluster access, Region, zones, instance types, names, EKS version, quotas: AWS was not asked: the credentials are no longer good$/m,
        );
    });

    it("does what it can without any tool", async () => {
        const found = lines(await says(undefined));

        for (const name of ["pulumi", "aws"]) {
            assert.ok(
                found.some((line) => line.startsWith(`problem ${name}: cannot be run`)),
                name,
            );
        }
        assert.ok(found.some((line) => line.startsWith("warning kubectl: cannot be run")));
        assert.ok(found.includes("ok EKS version: 1.36 is in standard support until 2027-08-02"));
    });

    it("waits for no AWS CLI that hangs, and leaves none behind", async () => {
        const tools = withAnswers({ "sts get-caller-identity": silence });
        const begun = Date.now();
        const found = lines(await says(tools, { answerWithinMs: 1_000 }));

        assert.ok(Date.now() - begun < 15_000);
        assert.ok(
            found.some((line) =>
                /^unchecked quotas: AWS was not asked: "aws sts get-caller-identity.*" gave no answer in 1 seconds/.test(
                    line,
                ),
            ),
            found.join("\n"),
        );
        assert.doesNotMatch(
            execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }),
            new RegExp(`sleep ${silenceSeconds}`),
        );
    });

    it("tells every problem of the stack file, and where examples still stand", async () => {
        stackFileSays(
            "  pulumi-karmada-eks:kind: amazon",
            "  # as in 203.0.113.0/24",
            "  somebody:addresses: [platform@example.com]",
            "  somebody:ranges: [203.0.113.0/24, 198.51.100.7/32]",
            '  somebody:admins: ["arn:aws:iam::111122223333:role/platform"]',
        );
        const found = lines(await says(undefined)).filter((line) => line.includes("stack file"));

        assert.match(found[0]!, /^problem stack file: pulumi-karmada-eks:kind is "amazon"/);
        assert.deepEqual(found.slice(1), [
            "warning stack file: 203.0.113.0/24, 198.51.100.7/32 in line 5 of Pulumi.dev.yaml are examples",
            "warning stack file: 111122223333 in line 6 of Pulumi.dev.yaml is an example",
            "warning stack file: platform@example.com in line 4 of Pulumi.dev.yaml is an example",
        ]);
    });

    it("calls a file without settings a problem", async () => {
        const stackFile = path.join(folder, "Pulumi.text.yaml");
        writeFileSync(stackFile, "just text\n");
        const found = await diagnose({ stack: stackFile, environment: {}, today: new Date() });
        assert.ok(
            lines(found).some((line) =>
                /^problem stack file: .*has no mapping "config"/.test(line),
            ),
        );
    });

    it("names the stacks there are when this one has no file", async () => {
        const [finding, ...others] = await diagnose({
            stack: path.join(folder, "Pulumi.nobody.yaml"),
            environment: {},
            today: new Date(),
        });

        assert.deepEqual(others, []);
        assert.match(
            lines([finding!])[0]!,
            /^problem stack file: there is no Pulumi\.nobody\.yaml/,
        );
        assert.match(finding!.remedy!, /^Copy one of Pulumi\.dev\.yaml/);
    });

    it("asks nothing of AWS for a stack that works on clusters which are there", async () => {
        stackFileSays("  pulumi-karmada-eks:kind: existing");
        const found = lines(await says(undefined));

        assert.deepEqual(
            found.filter((line) => /aws|AWS|Region/.test(line)),
            [],
        );
    });

    /** Pulumi's CLI, logged in to a backend. */
    function withPulumi(backend: string): string {
        const tools = withAnswers({});
        const program = `#!/bin/sh\n[ "$1" = whoami ] && echo '{"user":"ana","url":"${backend}"}'\n`;
        writeFileSync(path.join(tools, "pulumi"), program, { mode: 0o700 });
        return tools;
    }

    const about = async (subject: string, tools: string) =>
        lines(await says(tools)).filter((line) => line.includes(` ${subject}: `));

    it("warns of a state that is on this machine only", async () => {
        assert.deepEqual(await about("state", withPulumi("s3://our-state?region=eu-central-1")), [
            "ok state: kept in s3://our-state?region=eu-central-1",
        ]);
        assert.match(String(await about("state", withPulumi("file://~"))), /^warning state: /);
    });

    it("tells how secrets are encrypted, and whether the passphrase is there", async () => {
        const tools = withPulumi("s3://our-state");

        assert.match(String(await about("secrets", tools)), /^warning secrets: the stack has not/);
        appendFileSync(stackFile, "\nencryptionsalt: v1:abc\n");
        assert.match(String(await about("secrets", tools)), /^problem secrets: .* not set/);
        appendFileSync(stackFile, "secretsprovider: awskms://alias/state?region=eu-central-1\n");
        assert.deepEqual(await about("secrets", tools), [
            "ok secrets: encrypted by awskms://alias/state?region=eu-central-1",
        ]);
    });
});
