import assert from "node:assert/strict";
import { bucketsSafe } from "../../../policies/rules/account/bucketsSafe";
import { budget } from "../../../policies/rules/account/budget";
import { keyRotation } from "../../../policies/rules/account/keyRotation";
import { logsKept } from "../../../policies/rules/account/logsKept";
import { managementHost } from "../../../policies/rules/account/managementHost";
import { nothingOrphaned } from "../../../policies/rules/account/nothingOrphaned";
import { tagged } from "../../../policies/rules/account/tagged";
import { noAllRights } from "../../../policies/rules/identity/noAllRights";
import { nodeRoleMinimal } from "../../../policies/rules/identity/nodeRoleMinimal";
import { nodeRoleReadsImages } from "../../../policies/rules/identity/nodeRoleReadsImages";
import { rolePoliciesInOnePlace } from "../../../policies/rules/identity/rolePoliciesInOnePlace";
import { describeRule } from "./describeRule";
import { judge, remedied, unknown, type Writable } from "./judge";

const document = (statement: Writable) => JSON.stringify({ Statement: [statement] });
const harmless = document({ Effect: "Allow", Action: ["s3:GetObject"], Resource: "*" });
const everything = document({ Effect: "Allow", Action: "*", Resource: ["*"] });

describe("rules for rights", () => {
    describeRule(noAllRights, {
        good: {
            policy: { type: "aws:iam/policy:Policy", props: { policy: harmless } as Writable },
            role: {
                type: "aws:iam/role:Role",
                props: { inlinePolicies: [{ policy: harmless }] } as Writable,
            },
        },
        alsoGood: {
            "a refusal of everything": ({ policy }) =>
                (policy.props.policy = document({ Effect: "Deny", Action: "*", Resource: "*" })),
            "what is no document": ({ policy }) => (policy.props.policy = "{"),
        },
        bad: {
            "everything on everything": {
                change: ({ policy }) => (policy.props.policy = everything),
                says: /policy allows the action "\*" on the resource "\*"/,
            },
            "the same inside a role": {
                change: ({ role }) => (role.props.inlinePolicies = [{ policy: everything }]),
                says: /inlinePolicies\[0\]\.policy allows/,
            },
            "the same as a single statement": {
                change: ({ policy }) =>
                    (policy.props.policy = JSON.stringify({
                        Statement: { Effect: "Allow", Action: "*", Resource: "*" },
                    })),
                says: /policy allows/,
            },
        },
        unknown: { "the document": ({ policy }) => (policy.props.policy = unknown) },
    });

    const attached = (policy: string) => ({
        type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        props: { policyArn: `arn:aws:iam::aws:policy/${policy}`, role: unknown } as Writable,
        madeOf: { role: ["role"] },
    });
    const nodes = () => ({
        role: { type: "aws:iam/role:Role", props: { arn: unknown } as Writable },
        group: {
            type: "aws:eks/nodeGroup:NodeGroup",
            props: { nodeRoleArn: unknown } as Writable,
            madeOf: { nodeRoleArn: ["role"] },
        },
        worker: attached("AmazonEKSWorkerNodePolicy"),
        images: attached("AmazonEC2ContainerRegistryPullOnly"),
    });
    describeRule(nodeRoleMinimal, {
        good: {
            ...nodes(),
            driver: {
                type: "aws:eks/addon:Addon",
                props: {
                    addonName: "aws-ebs-csi-driver",
                    podIdentityAssociations: [{ roleArn: unknown }],
                } as Writable,
            },
        },
        alsoGood: {
            "the policy on a role of its own": ({ worker }) => {
                worker.props.policyArn = "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy";
                worker.madeOf = { role: [] };
            },
            "an add-on that needs none": ({ driver }) => (driver.props = { addonName: "coredns" }),
        },
        bad: {
            "an add-on's policy on the role of nodes": {
                change: ({ worker }) =>
                    (worker.props.policyArn =
                        "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"),
                says: /worker: .*policyArn is AmazonEBSCSIDriverPolicy, on the role of nodes/,
            },
            "a driver without a role": {
                change: ({ driver }) => delete driver.props.podIdentityAssociations,
                says: /driver: .*podIdentityAssociations is empty/,
            },
        },
        unknown: { "which policy it is": ({ worker }) => (worker.props.policyArn = unknown) },
    });

    describeRule(nodeRoleReadsImages, {
        good: nodes(),
        bad: {
            "nodes that may change images": {
                change: ({ images }) =>
                    (images.props.policyArn =
                        "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser"),
                says: /images: .*PowerUser: use AmazonEC2ContainerRegistryPullOnly/,
            },
        },
        unknown: { "which policy it is": ({ images }) => (images.props.policyArn = unknown) },
    });

    describeRule(rolePoliciesInOnePlace, {
        good: nodes(),
        alsoGood: {
            "all of them inside": ({ role, worker, images }) => {
                role.props.managedPolicyArns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"];
                worker.madeOf = images.madeOf = { role: [] };
            },
        },
        bad: {
            "some inside, some beside": {
                change: ({ role }) => (role.props.managedPolicyArns = ["arn"]),
                says: /role: .*managedPolicyArns is set, and "images" is one beside it/,
            },
            "the same of a role's own": {
                change: ({ role, worker }) => {
                    role.props.inlinePolicies = [{}];
                    worker.type = "aws:iam/rolePolicy:RolePolicy";
                },
                says: /inlinePolicies is set, and "worker" is one beside it/,
            },
        },
        unknown: { "what is inside": ({ role }) => (role.props.managedPolicyArns = unknown) },
    });
});

describe("rules for the account", () => {
    describeRule(keyRotation, {
        good: {
            key: { type: "aws:kms/key:Key", props: { enableKeyRotation: true } as Writable },
        },
        alsoGood: {
            "a key of another kind": ({ key }) =>
                (key.props = { customerMasterKeySpec: "ECC_NIST_P256" }),
        },
        bad: {
            "a key for ever": {
                change: ({ key }) => delete key.props.enableKeyRotation,
                says: /enableKeyRotation is not true/,
            },
        },
        unknown: { "whether it is": ({ key }) => (key.props.enableKeyRotation = unknown) },
    });

    describeRule(logsKept, {
        good: {
            logs: {
                type: "aws:cloudwatch/logGroup:LogGroup",
                props: { retentionInDays: 90, kmsKeyId: unknown } as Writable,
            },
        },
        alsoGood: {
            "a short time and no key where that is said": {
                change: ({ logs }) => (logs.props = { retentionInDays: 1 }),
                config: { days: 1, encrypted: false },
            },
        },
        bad: {
            "logs for ever": {
                change: ({ logs }) => (logs.props.retentionInDays = 0),
                says: /retentionInDays is 0: set it to 30 at least/,
            },
            "logs for a week": {
                change: ({ logs }) => (logs.props.retentionInDays = 7),
                says: /retentionInDays is 7/,
            },
            "logs that are not encrypted": {
                change: ({ logs }) => delete logs.props.kmsKeyId,
                says: /kmsKeyId is not set/,
            },
        },
        unknown: { "for how long": ({ logs }) => (logs.props.retentionInDays = unknown) },
    });

    describeRule(managementHost, {
        good: {
            host: {
                type: "aws:ec2/instance:Instance",
                props: { associatePublicIpAddress: false, iamInstanceProfile: unknown } as Writable,
            },
        },
        bad: {
            "an SSH key": {
                change: ({ host }) => (host.props.keyName = "mine"),
                says: /keyName is set/,
            },
            "an address that the subnet decides": {
                change: ({ host }) => delete host.props.associatePublicIpAddress,
                says: /associatePublicIpAddress is not false/,
            },
            "no role": {
                change: ({ host }) => delete host.props.iamInstanceProfile,
                says: /iamInstanceProfile is not set/,
            },
        },
        unknown: { "the address": ({ host }) => (host.props.associatePublicIpAddress = unknown) },
    });

    describeRule(tagged, {
        good: {
            network: {
                type: "aws:ec2/vpc:Vpc",
                props: { tags: { owner: "us", environment: "prod", project: "p" } } as Writable,
                providerProps: {} as Writable,
            },
        },
        alsoGood: {
            "tags by the provider": ({ network }) => {
                network.props = { tags: { owner: unknown } };
                network.providerProps = { defaultTags: { tags: { environment: "", project: "" } } };
            },
            "other tags": {
                change: ({ network }) => (network.props.tags = { team: "us" }),
                config: { tags: ["team"] },
            },
        },
        bad: {
            "what says nothing": {
                change: ({ network }) => (network.props = {}),
                says: /tags lacks owner, environment, project/,
            },
            "what does not say whose it is": {
                change: ({ network }) => delete (network.props.tags as Writable).owner,
                says: /tags lacks owner: /,
            },
        },
        unknown: { "the tags": ({ network }) => (network.props.tags = unknown) },
    });

    it("resources-tagged adds what it is told to, and leaves the rest as it is [TAG-01]", () => {
        const values = { owner: "platform", project: "karmada", team: "other" };
        const network = {
            type: "aws:ec2/vpc:Vpc",
            props: { tags: { Name: unknown, project: "mine" } },
            providerProps: { defaultTags: { tags: { environment: "prod" } } },
        };
        const tags = { Name: unknown, project: "mine", owner: "platform" };
        assert.deepEqual(remedied(tagged, network, { values }).props, { tags });
        const bare = remedied(tagged, { type: "aws:ec2/vpc:Vpc", props: {} }, { values });
        assert.deepEqual(bare.props, { tags: { owner: "platform", project: "karmada" } });
        assert.match(judge(tagged, { bare }).violations.join(), /tags lacks environment: /);
    });

    describeRule(budget, {
        good: {
            cluster: { type: "aws:eks/cluster:Cluster", props: {} },
            budget: { type: "aws:budgets/budget:Budget", props: {} },
        },
        bad: {
            "a cluster without one": {
                change: (samples) => delete (samples as Partial<typeof samples>).budget,
                says: /stack: .*the program declares no budget/,
            },
        },
    });

    describeRule(nothingOrphaned, {
        good: {
            address: { type: "aws:ec2/eip:Eip", props: { id: unknown } as Writable },
            gateway: {
                type: "aws:ec2/natGateway:NatGateway",
                props: { allocationId: unknown } as Writable,
                madeOf: { allocationId: ["address"] } as Record<string, string[]>,
            },
            group: {
                type: "aws:ec2/securityGroup:SecurityGroup",
                props: { id: "sg-1" } as Writable,
            },
            host: {
                type: "aws:ec2/instance:Instance",
                props: { vpcSecurityGroupIds: ["sg-1"] } as Writable,
            },
        },
        bad: {
            "an address that costs and serves nobody": {
                change: ({ gateway }) => (gateway.madeOf = {}),
                says: /address: .*nothing in the program refers to it: remove it/,
            },
            "a group that has rules and nobody in it": {
                change: ({ host }) => {
                    host.type = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
                    host.props = { securityGroupId: "sg-1" };
                },
                says: /group: .*nothing in the program refers to it/,
            },
        },
    });

    const beside = (type: string, props: Writable) => ({
        type: `aws:s3/${type}`,
        props: { bucket: unknown, ...props } as Writable,
        madeOf: { bucket: ["bucket"] },
    });
    const lacks = (what: string) => new RegExp(`bucket: [^]*it lacks [^;]*${what}[^;]*: declare`);
    describeRule(bucketsSafe, {
        good: {
            bucket: { type: "aws:s3/bucket:Bucket", props: {} as Writable },
            versions: beside("bucketVersioning:BucketVersioning", {
                versioningConfiguration: { status: "Enabled" },
            }),
            encryption: beside(
                "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
                { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }] },
            ),
            block: beside("bucketPublicAccessBlock:BucketPublicAccessBlock", {
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
            }),
            lifecycle: beside("bucketLifecycleConfiguration:BucketLifecycleConfiguration", {}),
        },
        bad: {
            "what was overwritten being gone": {
                change: ({ versions }) =>
                    (versions.props.versioningConfiguration = { status: "Suspended" }),
                says: lacks("versioning"),
            },
            "Amazon's own key": {
                change: ({ encryption }) =>
                    (encryption.props.rules = [
                        { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
                    ]),
                says: lacks("encryption"),
            },
            "a block with a hole": {
                change: ({ block }) => delete block.props.restrictPublicBuckets,
                says: lacks("public access block"),
            },
            "old versions for ever": {
                change: ({ lifecycle }) => (lifecycle.madeOf = { bucket: [] }),
                says: lacks("lifecycle"),
            },
        },
        unknown: {
            "whether it keeps versions": ({ versions }) =>
                (versions.props.versioningConfiguration = unknown),
        },
    });
});
