import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ManagementHost, type ManagementHostArgs } from "../../../../components";
import { checkHost } from "../../../../components/managementHost/hostChecks";
import { bothModes, one, type Registered, registeredBy, valueOf } from "../../../support/mocks";
import { untagged } from "../../../support/tags";

const clusterArn = "arn:aws:eks:eu-central-1:111122223333:cluster/karmada-parent";
const args: ManagementHostArgs = {
    region: "eu-central-1",
    vpcId: "vpc-1",
    subnetId: "subnet-a",
    clusterName: "karmada-parent",
    clusterArn,
    clusterSecurityGroupId: "sg-cluster",
};
const declared = (more: Partial<ManagementHostArgs> = {}, preview = false) =>
    registeredBy(() => new ManagementHost("host", { ...args, ...more }), {
        preview,
        outputs: ({ name }) => (preview ? {} : { arn: `arn:${name}`, name }),
    });
const inputsOf = (all: readonly Registered[], type: string) =>
    all.find((each) => each.type.endsWith(`:${type}`))!.inputs;

describe("ManagementHost [HOST-1]", () => {
    for (const { mode, preview } of bothModes) {
        it(`declares exactly these resources in ${mode}`, async () => {
            const { all } = await declared({}, preview);
            assert.deepEqual(all.map(({ type, name }) => `${type} ${name}`).sort(), [
                "aws:ec2/instance:Instance host",
                "aws:ec2/launchTemplate:LaunchTemplate host",
                "aws:ec2/securityGroup:SecurityGroup host",
                "aws:eks/accessEntry:AccessEntry host-admin-host",
                "aws:eks/accessPolicyAssociation:AccessPolicyAssociation host-admin-host",
                "aws:iam/instanceProfile:InstanceProfile host",
                "aws:iam/role:Role host",
                "aws:iam/rolePolicy:RolePolicy host-cluster",
                "aws:iam/rolePolicyAttachment:RolePolicyAttachment host-AmazonSSMManagedInstanceCore",
                "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule host-to-https",
                "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule host-to-karmada",
                "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule host-at-cluster",
                "pulumi-karmada-eks:index:ManagementHost host",
            ]);
        });
    }

    it("has no key, no public address and no way in", async () => {
        const { all } = await declared();
        const instance = inputsOf(all, "Instance");
        assert.equal(instance.keyName, undefined);
        assert.equal(instance.associatePublicIpAddress, false);
        const group = inputsOf(all, "SecurityGroup");
        assert.deepEqual([group.ingress, group.egress], [undefined, undefined]);
        const into = all.filter(({ type }) => type.endsWith(":SecurityGroupIngressRule"));
        assert.deepEqual(
            into.map(({ inputs }) => [inputs.securityGroupId, inputs.referencedSecurityGroupId]),
            [["sg-cluster", "host-id"]],
        );
    });

    it("keeps its disk encrypted, and its rights from what asks without a token", async () => {
        const { metadataOptions, rootBlockDevice } = inputsOf((await declared()).all, "Instance");
        assert.deepEqual(metadataOptions, {
            httpEndpoint: "enabled",
            httpTokens: "required",
            httpPutResponseHopLimit: 1,
        });
        assert.deepEqual(rootBlockDevice, {
            volumeType: "gp3",
            volumeSize: 20,
            encrypted: true,
            tags: {},
        });
    });

    it("may see its cluster in AWS, administer it, and nothing else", async () => {
        const { all } = await declared();
        assert.deepEqual(JSON.parse(String(one(all, "host-cluster").inputs.policy)).Statement, [
            { Effect: "Allow", Action: "eks:DescribeCluster", Resource: clusterArn },
        ]);
        const { principalArn, policyArn } = inputsOf(all, "AccessPolicyAssociation");
        assert.equal(principalArn, "arn:host");
        assert.match(String(policyArn), /AmazonEKSClusterAdminPolicy$/);
    });

    it("runs the system for its processor, and is replaced by no newer image", async () => {
        const imageOf = async (instanceType: string) =>
            inputsOf((await declared({ instanceType })).all, "LaunchTemplate").imageId;
        const image = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default";
        assert.equal(await imageOf("t3.small"), `${image}-x86_64`);
        assert.equal(await imageOf("t4g.small"), `${image}-arm64`);
        const instance = inputsOf((await declared()).all, "Instance");
        assert.equal(instance.ami, undefined);
    });

    it("is replaced when its tools change", async () => {
        const before = inputsOf((await declared()).all, "Instance");
        const after = inputsOf((await declared({ karmadaVersion: "1.18.2" })).all, "Instance");
        assert.notEqual(before.userData, after.userData);
        assert.equal(after.userDataReplaceOnChange, true);
    });

    it("says how to get onto it", async () => {
        const { result } = await declared();
        assert.equal(
            await valueOf(result.connectCommand),
            "aws ssm start-session --region eu-central-1 --target host-id",
        );
        assert.equal(await valueOf(result.roleArn), "arn:host");
    });
});

describe("tags", () => {
    it("are on everything that can be tagged", async () => {
        const { all } = await declared({ tags: { team: "platform" } });
        assert.deepEqual(untagged(all, "team"), []);
    });
});

describe("bad arguments of ManagementHost", () => {
    const wrong = {
        region: "eu-centrl-1",
        instanceType: "mac2.metal",
        karmadaVersion: "v1.18.1",
        karmadactlSha256: "abc",
        tags: {},
    };

    it("say what to write instead", () => {
        const [, ...said] = checkHost(wrong).map(({ path, message }) => `${path} ${message}`);
        assert.deepEqual(said, [
            'instanceType is "mac2.metal", which runs no Linux; use a type such as "t3.small" or "t4g.small".',
            'karmadaVersion is "v1.18.1"; use a release of Karmada without "v", such as "1.18.1".',
            'karmadactlSha256 is "abc"; use the 64 hexadecimal digits of the archive\'s SHA-256.',
        ]);
    });

    it("are told at once, before its first resource", async () => {
        let error: unknown;
        const { all } = await registeredBy(() => {
            try {
                new ManagementHost("host", { ...args, ...wrong });
            } catch (thrown) {
                error = thrown;
            }
        });
        assert.ok(error instanceof pulumi.ResourceError);
        assert.equal(error.message.split("\n  - ").length, 5);
        assert.equal(all.length, 1);
    });
});
