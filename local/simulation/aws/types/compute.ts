import type { Json } from "../../cloud/json";
import { type AwsType, hex, hexId } from "../awsType";

/** A network load balancer takes subnets and loses none; in a preview they may be unknown. */
const hasGrown = (before: Json = [], after: Json = []): boolean =>
    !Array.isArray(before) || !Array.isArray(after) || after.length > before.length;

/** It has security groups from the start, or never. */
const isSome = (groups: Json = []): boolean => !Array.isArray(groups) || groups.length > 0;

const balancing =
    (kind: string): AwsType["id"] =>
    (making) =>
        making.arn("elasticloadbalancing", `${kind}/${making.text("name")}/${hex(16)}`);

export const compute: Readonly<Record<string, AwsType>> = {
    "aws:ec2/launchTemplate:LaunchTemplate": {
        id: hexId("lt"),
        replacedBy: ["name", "namePrefix"],
        outputs: (making) => {
            const latestVersion = making.kept("latestVersion", () => 0) + 1;
            return {
                arn: making.arn("ec2", `launch-template/${making.id}`),
                latestVersion,
                defaultVersion: making.inputs.updateDefaultVersion === true ? latestVersion : 1,
            };
        },
        autoName: { property: "name", prefix: "namePrefix", most: 125 },
    },
    "aws:ec2/instance:Instance": {
        id: hexId("i"),
        replacedBy: [
            "ami",
            "associatePublicIpAddress",
            "availabilityZone",
            "ephemeralBlockDevices",
            "keyName",
            "launchTemplate.id",
            "launchTemplate.name",
            "networkInterfaces",
            "placementGroup",
            "privateIp",
            "rootBlockDevice.encrypted",
            "rootBlockDevice.kmsKeyId",
            "subnetId",
            "tenancy",
        ],
        alsoReplacedBy: (_, { userDataReplaceOnChange }) =>
            userDataReplaceOnChange === true ? ["userData", "userDataBase64"] : [],
        outputs: (making) => ({
            arn: making.arn("ec2", `instance/${making.id}`),
            instanceState: "running",
            privateIp: making.kept("privateIp", () => "10.0.10.10"),
        }),
    },
    "aws:lb/loadBalancer:LoadBalancer": {
        id: balancing("loadbalancer/net"),
        replacedBy: ["internal", "loadBalancerType", "name", "namePrefix"],
        alsoReplacedBy: (olds, news) => [
            ...(hasGrown(olds.subnets, news.subnets) ? [] : ["subnets"]),
            ...(isSome(olds.securityGroups) === isSome(news.securityGroups)
                ? []
                : ["securityGroups"]),
        ],
        outputs: (making) => ({
            arn: making.id,
            arnSuffix: making.id.split(":loadbalancer/")[1]!,
            dnsName: `${making.id.split("/").slice(-2).join("-")}.elb.${making.site.region}.amazonaws.com`,
            zoneId: making.kept("zoneId", () => `Z${hex(13).toUpperCase()}`),
        }),
        autoName: { property: "name", prefix: "namePrefix", most: 32 },
        guard: "enableDeletionProtection",
    },
    "aws:lb/targetGroup:TargetGroup": {
        id: balancing("targetgroup"),
        replacedBy: [
            "ipAddressType",
            "name",
            "namePrefix",
            "port",
            "protocol",
            "protocolVersion",
            "targetType",
            "vpcId",
        ],
        outputs: (making) => ({ arn: making.id, arnSuffix: making.id.split(":").pop()! }),
        autoName: { property: "name", prefix: "namePrefix", most: 32 },
    },
    "aws:lb/listener:Listener": {
        id: (making) =>
            `${making.text("loadBalancerArn").replace(":loadbalancer/", ":listener/")}/${hex(16)}`,
        replacedBy: ["loadBalancerArn"],
        outputs: (making) => ({ arn: making.id }),
    },
    "aws:autoscaling/attachment:Attachment": {
        id: (making) => `${making.text("autoscalingGroupName")}-${hex(20)}`,
        replacedBy: ["autoscalingGroupName", "elb", "lbTargetGroupArn"],
    },
    "aws:route53/record:Record": {
        id: ({ inputs }) => [inputs.zoneId, inputs.name, inputs.type].map(String).join("_"),
        replacedBy: ["name", "setIdentifier", "type", "zoneId"],
        outputs: (making) => ({ fqdn: making.text("name") }),
    },
};
