import { defaultSecurityGroupEmpty } from "../../../policies/rules/network/defaultSecurityGroupEmpty";
import { natPerZone } from "../../../policies/rules/network/natPerZone";
import { noOpenPorts } from "../../../policies/rules/network/noOpenPorts";
import { privateSubnetsStayPrivate } from "../../../policies/rules/network/privateSubnetsStayPrivate";
import { securityGroupRulesInOnePlace } from "../../../policies/rules/network/securityGroupRulesInOnePlace";
import { securityGroupsDescribed } from "../../../policies/rules/network/securityGroupsDescribed";
import { subnetRoleTags } from "../../../policies/rules/network/subnetRoleTags";
import { subnetsInThreeZones } from "../../../policies/rules/network/subnetsInThreeZones";
import { vpcFlowLogs } from "../../../policies/rules/network/vpcFlowLogs";
import { describeRule } from "./describeRule";
import { type Samples, unknown, type Writable } from "./judge";

const elb = "kubernetes.io/role/elb";
const internalElb = "kubernetes.io/role/internal-elb";

const publicSubnet = (zone: string) => ({
    type: "aws:ec2/subnet:Subnet",
    props: {
        availabilityZone: zone,
        mapPublicIpOnLaunch: true,
        tags: { [elb]: "1" },
    } as Writable,
});
const privateSubnet = (zone: string) => ({
    type: "aws:ec2/subnet:Subnet",
    props: { availabilityZone: zone, tags: { [internalElb]: "1" } } as Writable,
});
const gateway = (props: Writable = {}) => ({ type: "aws:ec2/natGateway:NatGateway", props });
const zones = ["a", "b", "c"] as const;
const subnets = () =>
    Object.fromEntries(
        zones.flatMap((zone) => [
            [`public-${zone}`, publicSubnet(`eu-central-1${zone}`)],
            [`private-${zone}`, privateSubnet(`eu-central-1${zone}`)],
        ]),
    ) as Samples;
const network = () => ({ type: "aws:ec2/vpc:Vpc", props: { id: "vpc-1" } as Writable });
const group = () => ({
    type: "aws:ec2/securityGroup:SecurityGroup",
    props: {
        id: "sg-1",
        description: "Lets members call Karmada.",
        ingress: [
            {
                description: "Members call it.",
                fromPort: 5443,
                toPort: 5443,
                protocol: "tcp",
                cidrBlocks: ["10.0.0.0/8"] as Writable[] | string[],
            },
        ],
        egress: [] as Writable[],
    },
});

describe("rules for the network", () => {
    describeRule(subnetsInThreeZones, {
        good: subnets(),
        alsoGood: {
            "a closed network": (s) => zones.forEach((zone) => delete s[`public-${zone}`]),
            "two zones where they are enough": {
                change: (s) => ["public-c", "private-c"].forEach((each) => delete s[each]),
                config: { zones: 2 },
            },
        },
        bad: {
            "two zones": {
                change: (s) => ["public-c", "private-c"].forEach((each) => delete s[each]),
                says: /private subnets lie in 2 zones \(eu-central-1a, eu-central-1b\).*in 3/,
            },
            "a zone without a public subnet": {
                change: (s) => delete s["public-b"],
                says: /no public subnet lies in eu-central-1b/,
            },
        },
        unknown: { "a zone": (s) => (s["private-a"]!.props.availabilityZone = unknown) },
    });

    describeRule(natPerZone, {
        good: { ...subnets(), "nat-a": gateway(), "nat-b": gateway(), "nat-c": gateway() },
        alsoGood: {
            "one that is regional": (s) => {
                s["nat-a"].props.availabilityMode = "regional";
                delete (s as Samples)["nat-b"];
            },
            "a closed network": (s) =>
                zones.forEach((zone) => (s[`nat-${zone}`].type = "test:index:Other")),
        },
        bad: {
            "one gateway for three zones": {
                change: (s) => ["nat-b", "nat-c"].forEach((each) => delete (s as Samples)[each]),
                says: /private subnets are in 3 zones, NAT gateways: 1;.*"perZone"/,
            },
            "a gateway that leads nowhere": {
                change: (s) => (s["nat-c"].props.connectivityType = "private"),
                says: /in 3 zones, NAT gateways: 2/,
            },
            "as many gateways as zones, but in another network": {
                change: (s) =>
                    Object.assign(
                        s,
                        { here: network(), there: network() },
                        ...zones.map((zone) => ({
                            [`private-${zone}`]: {
                                ...privateSubnet(`eu-central-1${zone}`),
                                madeOf: { vpcId: ["here"] },
                            },
                            [`public-${zone}`]: {
                                ...publicSubnet(`eu-central-1${zone}`),
                                madeOf: { vpcId: [zone === "a" ? "here" : "there"] },
                            },
                            [`nat-${zone}`]: {
                                ...gateway(),
                                madeOf: { subnetId: [`public-${zone}`] },
                            },
                        })),
                    ),
                says: /here: private subnets are in 3 zones, NAT gateways: 1/,
            },
        },
        unknown: {
            "a zone": (s) => ((s as Samples)["private-a"]!.props.availabilityZone = unknown),
        },
    });

    describeRule(subnetRoleTags, {
        good: { public: publicSubnet("a"), private: privateSubnet("a") },
        bad: {
            "a public subnet without its tag": {
                change: (s) => (s.public.props.tags = { [internalElb]: "1" }),
                says: /public: .*tags\["kubernetes\.io\/role\/elb"\] is not set: set it to "1"/,
            },
            "a private subnet without its tag": {
                change: (s) => (s.private.props.tags = { [internalElb]: "true" }),
                says: /private: .*role\/internal-elb"\] is "true": set it to "1"/,
            },
        },
        unknown: { "the tags": (s) => (s.private.props.tags = unknown) },
    });

    describeRule(vpcFlowLogs, {
        good: {
            network: network(),
            log: { type: "aws:ec2/flowLog:FlowLog", props: { vpcId: "vpc-1" } as Writable },
        },
        alsoGood: {
            "a network whose id is not known yet": (s) => {
                s.network.props.id = unknown;
                s.log.props.vpcId = unknown;
                Object.assign(s.log, { madeOf: { vpcId: ["network"] } });
            },
        },
        bad: {
            "a network without a flow log": {
                change: (s) => (s.log.type = "test:index:Other"),
                says: /network: .*no flow log has it as its vpcId/,
            },
            "a flow log of another network": {
                change: (s) => (s.log.props.vpcId = "vpc-2"),
                says: /no flow log has it as its vpcId/,
            },
        },
    });

    describeRule(defaultSecurityGroupEmpty, {
        good: {
            network: network(),
            default: {
                type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
                props: { vpcId: "vpc-1", ingress: [], egress: [] } as Writable,
            },
        },
        bad: {
            "a group that is left as it is": {
                change: (s) => (s.default.props.vpcId = "vpc-2"),
                says: /network: .*default security group is not taken over/,
            },
            "a way in": {
                change: (s) => (s.default.props.ingress = [{}]),
                says: /default: .*ingress has 1 rules: set it to \[\]/,
            },
            "a way out": {
                change: (s) => (s.default.props.egress = [{}]),
                says: /egress has 1 rules/,
            },
        },
        unknown: { "the rules": (s) => (s.default.props.ingress = unknown) },
    });

    describeRule(noOpenPorts, {
        good: {
            group: group(),
            rule: {
                type: "aws:ec2/securityGroupRule:SecurityGroupRule",
                props: {
                    type: "ingress",
                    protocol: "tcp",
                    fromPort: 0,
                    toPort: 65535,
                    cidrBlocks: ["10.0.0.0/8"],
                } as Writable,
            },
            ingress: {
                type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                props: { cidrIpv4: "10.0.0.0/8", fromPort: 22, toPort: 22, ipProtocol: "tcp" },
            },
        },
        alsoGood: {
            "a port that may be open": ({ group: { props } }) =>
                Object.assign(props.ingress[0]!, {
                    fromPort: 443,
                    toPort: 443,
                    cidrBlocks: ["0.0.0.0/0"],
                }),
            "a way out": ({ rule: { props } }) =>
                Object.assign(props, { type: "egress", cidrBlocks: ["0.0.0.0/0"] }),
        },
        bad: {
            "Karmada open to everybody": {
                change: ({ group: { props } }) => (props.ingress[0]!.cidrBlocks = ["0.0.0.0/0"]),
                says: /ingress\[0\]\.cidrBlocks has 0\.0\.0\.0\/0, which opens 5443/,
            },
            "everything open to everybody": {
                change: ({ rule: { props } }) => (props.ipv6CidrBlocks = ["::/0"]),
                says: /has ::\/0, which opens 22, 3389, 2379, 2380, 5443, 10250/,
            },
            "every protocol open to everybody": {
                change: ({ rule: { props } }) =>
                    Object.assign(props, { protocol: "-1", toPort: 0, cidrBlocks: ["0.0.0.0/0"] }),
                says: /which opens 22/,
            },
            "SSH open to everybody": {
                change: ({ ingress: { props } }) => (props.cidrIpv4 = "0.0.0.0/0"),
                says: /cidrIpv4 has 0\.0\.0\.0\/0, which opens 22:/,
            },
        },
        unknown: {
            "a range": ({ group: { props } }) => (props.ingress[0]!.cidrBlocks = [unknown]),
        },
    });

    describeRule(securityGroupsDescribed, {
        good: { group: group() },
        bad: {
            "a group without a description": {
                change: (s) => (s.group.props.description = "Managed by Pulumi"),
                says: /description is "Managed by Pulumi": say what it is for/,
            },
            "a rule without a description": {
                change: (s) => (s.group.props.ingress[0]!.description = " "),
                says: /ingress\[0\]\.description is " "/,
            },
        },
        unknown: { "the description": (s) => (s.group.props.description = unknown) },
    });

    const beside = (direction: string) => ({
        type: "aws:ec2/securityGroupRule:SecurityGroupRule",
        props: { type: direction, securityGroupId: "sg-1" } as Writable,
    });
    describeRule(securityGroupRulesInOnePlace, {
        good: { group: group(), rule: beside("egress") },
        bad: {
            "a rule beside others inside": {
                change: (s) => (s.rule.props.type = "ingress"),
                says: /group: .*ingress has rules inside, and "rule" is one beside it/,
            },
            "the other kind of a rule": {
                change: (s) => {
                    s.rule.type = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
                    s.group.props.egress = [{}];
                },
                says: /egress has rules inside/,
            },
        },
        unknown: { "the rules": (s) => (s.group.props.ingress = unknown as never) },
    });

    describeRule(privateSubnetsStayPrivate, {
        good: { private: privateSubnet("a"), public: publicSubnet("a") },
        bad: {
            "public addresses in a private subnet": {
                change: (s) => (s.private.props.mapPublicIpOnLaunch = true),
                says: /mapPublicIpOnLaunch is true in a subnet for internal/,
            },
        },
        unknown: { "whether it is": (s) => (s.private.props.mapPublicIpOnLaunch = unknown) },
    });
});
