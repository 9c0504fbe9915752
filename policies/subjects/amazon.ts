import { at, isSet, keysAt, textAt } from "../frame/read";
import type { Resource, StackResource } from "../frame/rule";

export const eksCluster = "aws:eks/cluster:Cluster";
export const nodeGroup = "aws:eks/nodeGroup:NodeGroup";
export const launchTemplate = "aws:ec2/launchTemplate:LaunchTemplate";
export const instance = "aws:ec2/instance:Instance";
export const vpc = "aws:ec2/vpc:Vpc";
export const subnet = "aws:ec2/subnet:Subnet";
export const natGateway = "aws:ec2/natGateway:NatGateway";
export const flowLog = "aws:ec2/flowLog:FlowLog";
export const securityGroup = "aws:ec2/securityGroup:SecurityGroup";
export const securityGroupRule = "aws:ec2/securityGroupRule:SecurityGroupRule";
export const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const egressRule = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
export const defaultSecurityGroup = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
export const role = "aws:iam/role:Role";
export const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
export const roleAttachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
export const loadBalancer = "aws:lb/loadBalancer:LoadBalancer";
export const targetGroup = "aws:lb/targetGroup:TargetGroup";
export const bucket = "aws:s3/bucket:Bucket";

export const ofType = <Each extends Resource>(
    stack: readonly Each[],
    ...types: readonly string[]
) => stack.filter(({ type }) => types.includes(type));

/** Whether the property is that resource's id, name or ARN: by what it is made of, else by its value. */
export function refersTo(from: StackResource, property: string, to: StackResource): boolean {
    if (from.references(property).includes(to.urn)) return true;
    const value = textAtSafely(from, property);
    return value !== undefined && identitiesOf(to).includes(value);
}

/** By which others refer to it, as far as that is known. */
export const identitiesOf = (resource: Resource): string[] =>
    ["id", "arn", "name", "bucket"].flatMap((key) => textAtSafely(resource, key) ?? []);

/** A value that is not known yet is no value to compare. */
function textAtSafely({ props }: Resource, property: string): string | undefined {
    try {
        return textAt(props, property);
    } catch {
        return undefined;
    }
}

export type SubnetKind = "public" | "private";
const roles = { public: "kubernetes.io/role/elb", private: "kubernetes.io/role/internal-elb" };

export const roleTag = (kind: SubnetKind) => roles[kind];

export function isPublicSubnet({ props }: Resource): boolean {
    return at(props, "mapPublicIpOnLaunch") === true || at(props, "tags", roles.public) === "1";
}

/** "0.0.0.0/0" and "::/0", however they are written, and ranges of which a few would do for everybody. */
export const isEverybody = (range: unknown) =>
    typeof range === "string" &&
    /^([\d.]+\/0*[0-7]|[\da-f:]*:[\da-f:]*\/0*(\d|1[0-5]))$/i.test(range);

/** AWS's own providers take flags of some blocks as texts. */
export const isTrue = (value: unknown) => value === true || value === "true";
export const isFalse = (value: unknown) => value === false || value === "false";

const besideTheImage = ["imageId", "name", "namePrefix", "description", "tags", "region"];

/**
 * Whether a launch template says which image and nothing else, for a machine that says the rest itself. No node
 * could join a cluster by it.
 */
export const saysImageOnly = ({ props }: Resource): boolean =>
    isSet(props, "imageId") && keysAt(props).every((key) => besideTheImage.includes(key));
