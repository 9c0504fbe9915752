import { ProviderError, type PropertyMap } from "../../plugins/protocol/provider";
import type { JsonMap } from "../cloud/json";
import { account } from "../cloud/references";
import type { Site } from "./awsType";

type Answer = (args: JsonMap, site: Site) => PropertyMap;

const functions: Readonly<Record<string, Answer>> = {
    "aws:index/getCallerIdentity:getCallerIdentity": (_, { partition }) => ({
        accountId: account,
        arn: `arn:${partition}:iam::${account}:user/simulated`,
        id: account,
        userId: "AIDASIMULATED",
    }),
    "aws:index/getPartition:getPartition": (_, { partition }) => ({
        dnsSuffix: "amazonaws.com",
        id: partition,
        partition,
        reverseDnsPrefix: "com.amazonaws",
    }),
    "aws:index/getRegion:getRegion": (_, { region }) => ({
        id: region,
        name: region,
        region,
        endpoint: `ec2.${region}.amazonaws.com`,
        description: region,
    }),
    "aws:index/getAvailabilityZones:getAvailabilityZones": (_, { region }) => ({
        id: region,
        names: ["a", "b", "c"].map((letter) => `${region}${letter}`),
        zoneIds: [1, 2, 3].map((number) => `${region}-az${number}`),
    }),
    "aws:ec2/getAmi:getAmi": (args, { region }) => ({
        ...args,
        id: "ami-0123456789abcdef0",
        imageId: "ami-0123456789abcdef0",
        architecture: "x86_64",
        region,
    }),
    "aws:ec2/getSubnet:getSubnet": ({ id }, site) =>
        seen(site, "aws:ec2/subnet:Subnet", String(id)),
    "aws:ec2/getVpc:getVpc": ({ id }, site) => seen(site, "aws:ec2/vpc:Vpc", String(id)),
    "aws:eks/getCluster:getCluster": ({ name }, site) => {
        const cluster = seen(site, "aws:eks/cluster:Cluster", String(name));
        return {
            ...cluster,
            accessConfigs: [cluster.accessConfig ?? { authenticationMode: "API" }],
            certificateAuthorities: [cluster.certificateAuthority!],
        };
    },
    "aws:eks/getNodeGroup:getNodeGroup": ({ clusterName, nodeGroupName }, site) =>
        seen(site, "aws:eks/nodeGroup:NodeGroup", [clusterName, nodeGroupName].join(":")),
    "aws:eks/getAddonVersion:getAddonVersion": (args) => ({
        ...args,
        id: String(args.addonName),
        version: "v1.0.0-eksbuild.1",
    }),
    "aws:ssm/getParameter:getParameter": (args) => ({
        ...args,
        id: String(args.name),
        value: "ami-0123456789abcdef0",
        insecureValue: "ami-0123456789abcdef0",
        type: "String",
        version: 1,
    }),
    "aws:route53/getZone:getZone": (args) => ({
        ...args,
        id: "Z0123456789ABCDEFGHIJ",
        zoneId: "Z0123456789ABCDEFGHIJ",
        name: args.name ?? "example.com",
    }),
};

/** What AWS answers to a question of the program's. */
export function answer(token: string, args: JsonMap, site: Site): PropertyMap {
    const found = functions[token];
    if (found === undefined) {
        throw new ProviderError(`The simulation has no ${token}: add it to local/simulation/aws.`);
    }
    return found(args, site);
}

function seen({ cloud }: Site, type: string, id: string): JsonMap {
    const thing = cloud.find(type, id);
    if (thing === undefined) throw new ProviderError(`NotFound: there is no ${type} ${id}`);
    return { ...thing.outputs, id };
}
