import { type AwsType, hexId, type Making } from "../awsType";

const ec2Arn = (kind: string) => (making: Making) => ({
    arn: making.arn("ec2", `${kind}/${making.id}`),
});

const address = (net: string) => () =>
    `${net}.${[1, 2, 3].map(() => Math.floor(Math.random() * 254) + 1).join(".")}`;

const rule: AwsType = {
    id: hexId("sgr"),
    replacedBy: ["securityGroupId"],
    outputs: (making) => ({
        arn: making.arn("ec2", `security-group-rule/${making.id}`),
        securityGroupRuleId: making.id,
    }),
};

export const network: Readonly<Record<string, AwsType>> = {
    "aws:ec2/vpc:Vpc": {
        id: hexId("vpc"),
        replacedBy: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength", "instanceTenancy"],
        outputs: (making) => ({
            ...ec2Arn("vpc")(making),
            defaultSecurityGroupId: making.kept("defaultSecurityGroupId", hexId("sg")),
            mainRouteTableId: making.kept("mainRouteTableId", hexId("rtb")),
        }),
    },
    "aws:ec2/internetGateway:InternetGateway": {
        id: hexId("igw"),
        replacedBy: [],
        outputs: ec2Arn("internet-gateway"),
    },
    "aws:ec2/subnet:Subnet": {
        id: hexId("subnet"),
        replacedBy: ["availabilityZone", "cidrBlock", "vpcId", "ipv6Native", "outpostArn"],
        outputs: (making) => ({
            ...ec2Arn("subnet")(making),
            availabilityZoneId: `${making.text("availabilityZone").slice(0, 2)}-az`,
        }),
    },
    "aws:ec2/routeTable:RouteTable": {
        id: hexId("rtb"),
        replacedBy: ["vpcId"],
        outputs: ec2Arn("route-table"),
    },
    "aws:ec2/routeTableAssociation:RouteTableAssociation": {
        id: hexId("rtbassoc"),
        replacedBy: ["subnetId", "gatewayId"],
    },
    "aws:ec2/route:Route": {
        id: ({ inputs }) =>
            `r-${String(inputs.routeTableId)}-${String(inputs.destinationCidrBlock)}`,
        replacedBy: [
            "routeTableId",
            "destinationCidrBlock",
            "destinationIpv6CidrBlock",
            "destinationPrefixListId",
        ],
        outputs: () => ({ origin: "CreateRoute", state: "active" }),
    },
    "aws:ec2/eip:Eip": {
        id: hexId("eipalloc"),
        replacedBy: ["address", "domain", "networkBorderGroup", "publicIpv4Pool"],
        outputs: (making) => ({
            arn: making.arn("ec2", `elastic-ip/${making.id}`),
            allocationId: making.id,
            domain: "vpc",
            publicIp: making.kept("publicIp", address("3")),
        }),
    },
    "aws:ec2/natGateway:NatGateway": {
        id: hexId("nat"),
        replacedBy: ["allocationId", "connectivityType", "privateIp", "subnetId"],
        outputs: (making) => ({ privateIp: making.kept("privateIp", address("10")) }),
    },
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
        // It comes with the network, and goes with it.
        id: ({ inputs, site }) => {
            const vpc = site.cloud.find("aws:ec2/vpc:Vpc", String(inputs.vpcId));
            return String(vpc?.outputs.defaultSecurityGroupId);
        },
        replacedBy: ["vpcId"],
        outputs: ec2Arn("security-group"),
    },
    "aws:ec2/securityGroup:SecurityGroup": {
        id: hexId("sg"),
        replacedBy: ["description", "name", "namePrefix", "vpcId"],
        outputs: ec2Arn("security-group"),
        autoName: { property: "name", prefix: "namePrefix", most: 255 },
    },
    "aws:ec2/securityGroupRule:SecurityGroupRule": {
        ...rule,
        replacedBy: [
            "cidrBlocks",
            "fromPort",
            "ipv6CidrBlocks",
            "prefixListIds",
            "protocol",
            "securityGroupId",
            "self",
            "sourceSecurityGroupId",
            "toPort",
            "type",
        ],
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule,
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": {
        id: hexId("pcx"),
        replacedBy: ["peerOwnerId", "peerRegion", "peerVpcId", "vpcId"],
        outputs: (making) => ({
            acceptStatus: making.inputs.autoAccept === true ? "active" : "pending-acceptance",
        }),
    },
    "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": {
        // It stands for the other half of the connection, which it neither makes nor deletes.
        id: (making) => making.text("vpcPeeringConnectionId"),
        replacedBy: ["vpcPeeringConnectionId"],
        outputs: () => ({ acceptStatus: "active" }),
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        id: hexId("vpce"),
        replacedBy: ["serviceName", "serviceRegion", "vpcEndpointType", "vpcId"],
        outputs: (making) => ({ ...ec2Arn("vpc-endpoint")(making), state: "available" }),
    },
    "aws:ec2/flowLog:FlowLog": {
        id: hexId("fl"),
        replacedBy: [
            "destinationOptions",
            "eniId",
            "iamRoleArn",
            "logDestination",
            "logDestinationType",
            "logFormat",
            "maxAggregationInterval",
            "subnetId",
            "trafficType",
            "vpcId",
        ],
        outputs: (making) => ({ arn: making.arn("ec2", `vpc-flow-log/${making.id}`) }),
    },
};
