import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { type ExistingNetwork, KarmadaVpc, type KarmadaVpcArgs } from "../../../../components";
import {
    bothModes,
    named,
    one,
    type Registered,
    registeredBy,
    valueOf,
} from "../../../support/mocks";
import { untagged } from "../../../support/tags";

const vpc = "awsx:ec2:Vpc";
const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** What awsx would return, once its children are there. */
const made = {
    vpcId: "vpc-1",
    publicSubnetIds: ["public-a", "public-b", "public-c"],
    privateSubnetIds: ["private-a", "private-b", "private-c"],
    routeTables: ["a", "b", "c"].flatMap((zone) => [
        { id: `routes-public-${zone}` },
        { id: `routes-private-${zone}` },
    ]),
    eips: [1, 2, 3].map((last) => ({ publicIp: `203.0.113.${last}` })),
};

const answers = () => ({ accountId: "111122223333" });

function declared(args: Partial<KarmadaVpcArgs> = {}, preview = false) {
    const outputs = ({ type, name }: Registered): Record<string, unknown> =>
        type === vpc && !preview ? made : { arn: `arn:${name}` };
    return registeredBy(() => new KarmadaVpc("net", { region: "eu-central-1", ...args }), {
        preview,
        outputs,
        answers,
    });
}

const valuesOf = (outputs: readonly pulumi.Output<string>[]) => Promise.all(outputs.map(valueOf));

const networkOf = (all: readonly Registered[]) => all.find(({ type }) => type === vpc)!.inputs;

describe("KarmadaVpc [NET-1]", () => {
    for (const { mode, preview } of bothModes) {
        it(`declares exactly these resources in ${mode}`, async () => {
            const { all } = await declared({}, preview);
            assert.deepEqual(
                all.map(({ type, name }) => `${type} ${name}`).sort(),
                [
                    "aws:cloudwatch/logGroup:LogGroup net-flow-logs",
                    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup net-default",
                    "aws:ec2/flowLog:FlowLog net-flow-logs",
                    "aws:ec2/vpcEndpoint:VpcEndpoint net-s3",
                    "aws:iam/role:Role net-flow-logs",
                    "aws:iam/rolePolicy:RolePolicy net-flow-logs",
                    "aws:kms/key:Key net-flow-logs",
                    "awsx:ec2:Vpc net",
                    "pulumi-karmada-eks:index:KarmadaVpc net",
                ].sort(),
            );
        });
    }

    it("says every option of the network whose default has changed, or could", async () => {
        const { all } = await declared({ nat: "single", tags: { team: "platform" } });
        assert.deepEqual(networkOf(all), {
            cidrBlock: "10.0.0.0/16",
            availabilityZoneNames: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
            instanceTenancy: "default",
            enableDnsSupport: true,
            enableDnsHostnames: true,
            enableNetworkAddressUsageMetrics: false,
            assignGeneratedIpv6CidrBlock: false,
            natGateways: { strategy: "Single" },
            subnetStrategy: "Auto",
            subnetNameTagStrategy: "AvailabilityZone",
            subnetSpecs: [
                {
                    type: "Public",
                    name: "public",
                    cidrBlocks: ["10.0.32.0/20", "10.0.96.0/20", "10.0.160.0/20"],
                    tags: { "kubernetes.io/role/elb": "1" },
                },
                {
                    type: "Private",
                    name: "private",
                    cidrBlocks: ["10.0.0.0/19", "10.0.64.0/19", "10.0.128.0/19"],
                    tags: { "kubernetes.io/role/internal-elb": "1" },
                },
            ],
            tags: { team: "platform" },
        });
    });

    it("has a NAT gateway for each zone, unless told otherwise", async () => {
        const { all } = await declared();
        assert.deepEqual(networkOf(all).natGateways, { strategy: "OnePerAz" });
    });

    it("empties the group that AWS would put forgotten things into", async () => {
        const { all } = await declared();
        const { vpcId, ingress, egress } = one(all, "net-default").inputs;
        assert.deepEqual({ vpcId, ingress, egress }, { vpcId: "vpc-1", ingress: [], egress: [] });
    });

    it("logs accepted and refused connections, by a role that can do nothing else", async () => {
        const { all } = await declared({ flowLogDays: 7 });
        const of = (type: string) => all.find((each) => each.type === type)!.inputs;
        assert.equal(of("aws:cloudwatch/logGroup:LogGroup").retentionInDays, 7);
        assert.equal(of("aws:cloudwatch/logGroup:LogGroup").kmsKeyId, "arn:net-flow-logs");
        assert.match(
            String(of("aws:kms/key:Key").policy),
            /"arn:aws:logs:eu-central-1:111122223333:log-group:net-flow-logs-\*"/,
        );
        assert.equal(of("aws:ec2/flowLog:FlowLog").trafficType, "ALL");
        const trust = String(of("aws:iam/role:Role").assumeRolePolicy);
        assert.match(trust, /"vpc-flow-logs\.amazonaws\.com"/);
        assert.doesNotMatch(String(of("aws:iam/rolePolicy:RolePolicy").policy), /"\*"/);
    });

    it("leads to S3 without leaving the network", async () => {
        const { all } = await declared();
        const { serviceName, vpcEndpointType, routeTableIds } = one(all, "net-s3").inputs;
        assert.deepEqual(
            { serviceName, vpcEndpointType, routeTableIds },
            {
                serviceName: "com.amazonaws.eu-central-1.s3",
                vpcEndpointType: "Gateway",
                routeTableIds: made.routeTables.map(({ id }) => id),
            },
        );
    });

    it("leads to Amazon's other services too where that is asked for", async () => {
        const { all } = await declared({ interfaceEndpoints: true });
        assert.deepEqual(named(all, endpoint), [
            "net-autoscaling",
            "net-ec2",
            "net-ec2messages",
            "net-ecr.api",
            "net-ecr.dkr",
            "net-eks",
            "net-eks-auth",
            "net-elasticloadbalancing",
            "net-logs",
            "net-s3",
            "net-ssm",
            "net-ssmmessages",
            "net-sts",
        ]);
        const { subnetIds, privateDnsEnabled, vpcEndpointType } = one(all, "net-sts").inputs;
        assert.deepEqual(
            { subnetIds, privateDnsEnabled, vpcEndpointType },
            {
                subnetIds: made.privateSubnetIds,
                privateDnsEnabled: true,
                vpcEndpointType: "Interface",
            },
        );
        const rule = one(all, "net-endpoints-https").inputs;
        assert.equal(rule.cidrIpv4, "10.0.0.0/16");
        assert.equal(rule.fromPort, 443);
    });

    it("hands on ids, and the addresses from which its nodes call, as many as there are gateways", async () => {
        const { result } = await declared();
        assert.equal(await valueOf(result.vpcId), "vpc-1");
        assert.deepEqual(await valuesOf(result.publicSubnetIds), made.publicSubnetIds);
        assert.deepEqual(await valuesOf(result.privateSubnetIds), made.privateSubnetIds);
        assert.deepEqual(await valuesOf(result.privateRouteTableIds), [
            "routes-private-a",
            "routes-private-b",
            "routes-private-c",
        ]);
        assert.deepEqual(await valuesOf(result.natAddresses), [
            "203.0.113.1",
            "203.0.113.2",
            "203.0.113.3",
        ]);
    });

    for (const [nat, addresses] of [
        ["single", 1],
        ["none", 0],
    ] as const) {
        it(`calls from ${addresses} addresses with nat ${nat}`, async () => {
            const { result } = await declared({ nat, interfaceEndpoints: true });
            assert.equal(result.natAddresses.length, addresses);
        });
    }

    it("goes on showing the subnets that are there while another is still to be made", async () => {
        const { result } = await registeredBy(
            () =>
                new KarmadaVpc("net", {
                    region: "eu-central-1",
                    zones: ["a", "b", "c", "d"].map((letter) => `eu-central-1${letter}`),
                }),
            {
                preview: true,
                answers,
                outputs: ({ type }) =>
                    type === vpc
                        ? { ...made, privateSubnetIds: [...made.privateSubnetIds, pulumi.unknown] }
                        : {},
            },
        );
        const known = [...made.privateSubnetIds, undefined];
        assert.deepEqual(await valuesOf(result.privateSubnetIds), known);
    });

    it("tags everything that can be tagged", async () => {
        const { all } = await declared({ interfaceEndpoints: true, tags: { team: "platform" } });
        assert.deepEqual(untagged(all, "team"), []);
    });

    it("refuses everything that is wrong at once, before its first resource", async () => {
        const { all, error } = await refusal({
            region: "eu-central-9",
            cidr: "10.0.0.0/28",
            zones: ["eu-central-1a"],
        });
        assert.deepEqual(said(error), ["region", "cidr", "zones"]);
        assert.equal(all.length, 1);
    });
});

async function refusal(args: KarmadaVpcArgs) {
    let error: unknown;
    const { all } = await registeredBy(() => {
        try {
            new KarmadaVpc("net", args);
        } catch (thrown) {
            error = thrown;
        }
    });
    assert.ok(error instanceof pulumi.ResourceError);
    assert.match(error.message, /^KarmadaVpc "net":\n/);
    return { all, error };
}

const said = ({ message }: Error) =>
    [...message.matchAll(/^ {2}- (\S+)/gm)].map((match) => match[1]);

describe("KarmadaVpc of an existing network [NET-2]", () => {
    const subnetIds = [1, 2, 3].map((digit) => `subnet-${String(digit).repeat(17)}`);
    const existing: ExistingNetwork = {
        vpcId: "vpc-0123456789abcdef0",
        privateSubnetIds: subnetIds,
        natAddresses: ["198.51.100.7"],
    };
    const answers =
        (zones: string) =>
        (_: string, { id }: Readonly<Record<string, unknown>>) => ({
            id,
            vpcId: existing.vpcId,
            availabilityZone: `eu-central-1${zones[subnetIds.indexOf(String(id))]}`,
            mapPublicIpOnLaunch: false,
            enableDnsSupport: true,
            enableDnsHostnames: true,
        });
    const looked = (zones: string, preview: boolean) =>
        registeredBy(() => new KarmadaVpc("net", { region: "eu-central-1", existing }), {
            preview,
            answers: answers(zones),
        });

    for (const { mode, preview } of bothModes) {
        it(`makes nothing, and hands on the ids once they have passed, in ${mode}`, async () => {
            const { all, result } = await looked("abc", preview);
            assert.equal(all.length, 1);
            assert.equal(await valueOf(result.vpcId), existing.vpcId);
            assert.deepEqual(await valuesOf(result.privateSubnetIds), subnetIds);
            assert.deepEqual(result.publicSubnetIds, []);
            assert.deepEqual(await valuesOf(result.natAddresses), existing.natAddresses);
        });

        it(`refuses subnets in two zones in ${mode}`, async () => {
            await assert.rejects(
                looked("aab", preview),
                /existing\.privateSubnetIds are all in eu-central-1a and eu-central-1b; name subnets in three zones/,
            );
        });
    }

    it("refuses two private subnets, and what is said of a new network besides", async () => {
        const { error } = await refusal({
            region: "eu-central-1",
            existing: { ...existing, privateSubnetIds: subnetIds.slice(0, 2) },
            nat: "single",
            cidr: undefined,
        });
        assert.deepEqual(said(error), ["existing.privateSubnetIds", "nat"]);
    });
});
