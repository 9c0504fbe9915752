import { createAuthority } from "../../../local/federation/certificates";
import type { MockOptions, Registered } from "../../support/mocks";
import { outputs as ofParent } from "../components/parentCluster/declaredParent";

const { certPem, keyPem: privateKeyPem } = createAuthority("any");

/** Of awsx, for three zones. */
const network = {
    vpcId: "vpc-1",
    publicSubnetIds: ["public-a", "public-b", "public-c"],
    privateSubnetIds: ["private-a", "private-b", "private-c"],
    routeTables: ["a", "b", "c"].flatMap((zone) => [
        { id: `routes-public-${zone}` },
        { id: `routes-private-${zone}` },
    ]),
    eips: [1, 2, 3].map((last) => ({ publicIp: `198.51.100.${last}` })),
};

function outputs(resource: Registered): Record<string, unknown> {
    const { type, name } = resource;
    if (type === "awsx:ec2:Vpc") return network;
    if (type === "aws:lb/loadBalancer:LoadBalancer") return { dnsName: "karmada.elb.example.com" };
    if (type.startsWith("tls:")) {
        const validityEndTime = "2036-01-01T00:00:00Z";
        const pems = { certPem, privateKeyPem, publicKeyPem: "PUBLIC", certRequestPem: "REQUEST" };
        return { ...pems, validityEndTime };
    }
    return { ...ofParent(resource), arn: `arn:${name}`, name, bucket: name };
}

const found = {
    accountId: "111122223333",
    // Of a network that exists, and of its subnets.
    vpcId: "vpc-01234567",
    enableDnsSupport: true,
    enableDnsHostnames: true,
    mapPublicIpOnLaunch: false,
    // Of a cluster that exists, and of its nodes.
    name: "theirs",
    status: "ACTIVE",
    endpoint: "https://theirs.eks.example.com",
    certificateAuthorities: [{ data: Buffer.from("CERTIFICATE").toString("base64") }],
    accessConfigs: [{ authenticationMode: "API" }],
    resources: [{ autoscalingGroups: [{ name: "eks-workers" }] }],
};

/** What AWS, and Pulumi's own components for it, would say: in a preview, nothing of what is to be made. */
export const onAmazon = (preview: boolean): MockOptions => ({
    preview,
    // Subnets that are called subnet-…a, …b and …c are in three zones.
    answers: (_, { id }) => ({ ...found, availabilityZone: `eu-central-1${String(id).slice(-1)}` }),
    outputs: preview ? () => ({}) : outputs,
});
