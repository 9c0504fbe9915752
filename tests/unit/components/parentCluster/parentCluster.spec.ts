import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KarmadaParentCluster } from "../../../../components";
import { hardened } from "../../../../components/parentCluster/hardening";
import { bothModes, isSecret, one, registeredBy, valueOf } from "../../../support/mocks";
import { untagged } from "../../../support/tags";
import { cluster, declared, ofType, platform, support } from "./declaredParent";

const inventory = [
    "aws:cloudwatch/logGroup:LogGroup parent-logs",
    "aws:ec2/launchTemplate:LaunchTemplate parent-nodes",
    "aws:eks/accessEntry:AccessEntry parent-admin-111122223333-role-teams-platform",
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation parent-admin-111122223333-role-teams-platform",
    "aws:eks/addon:Addon parent-aws-ebs-csi-driver",
    "aws:eks/addon:Addon parent-coredns",
    "aws:eks/addon:Addon parent-eks-pod-identity-agent",
    "aws:eks/addon:Addon parent-kube-proxy",
    "aws:eks/addon:Addon parent-vpc-cni",
    "aws:eks/nodeGroup:NodeGroup parent-nodes",
    "aws:iam/role:Role parent-aws-ebs-csi-driver",
    "aws:iam/role:Role parent-node",
    "aws:iam/role:Role parent-vpc-cni",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment parent-aws-ebs-csi-driver-AmazonEBSCSIDriverPolicy",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment parent-node-AmazonEC2ContainerRegistryPullOnly",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment parent-node-AmazonEKSWorkerNodePolicy",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment parent-vpc-cni-AmazonEKS_CNI_Policy",
    "aws:kms/alias:Alias parent-key",
    "aws:kms/key:Key parent-key",
    "eks:index:Cluster parent",
    "kubernetes:storage.k8s.io/v1:StorageClass parent-ebs-sc",
    "pulumi-karmada-eks:index:KarmadaParentCluster parent",
    "pulumi:providers:kubernetes parent-provider",
];

const overwriting = {
    resolveConflictsOnCreate: "OVERWRITE",
    resolveConflictsOnUpdate: "OVERWRITE",
};

describe("KarmadaParentCluster [PAR-1]", () => {
    for (const { mode, preview } of bothModes) {
        it(`declares exactly these resources in ${mode}`, async () => {
            const { all } = await declared({}, preview);
            assert.deepEqual(all.map(({ type, name }) => `${type} ${name}`).sort(), inventory);
        });

        it(`keeps the kubeconfig secret in ${mode}`, async () => {
            const { all, result } = await declared({}, preview);
            assert.equal(await pulumi.isSecret(result.kubeconfig), true);
            assert.equal(await pulumi.isSecret(result.clusterName), false);
            if (!preview) assert.ok(isSecret(one(all, "parent-provider").inputs.kubeconfig));
        });
    }

    it("says every option of the cluster whose default has changed, could, or is not ours", async () => {
        const { all } = await declared({ tags: { team: "platform" } });
        assert.deepEqual(ofType(all, cluster), {
            name: "karmada-parent",
            version: "1.36",
            vpcId: "vpc-1",
            subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
            endpointPrivateAccess: true,
            endpointPublicAccess: false,
            ipFamily: "ipv4",
            kubernetesServiceIpAddressRange: "172.20.0.0/16",
            encryptionConfigKeyArn: "arn:parent-key",
            enabledClusterLogTypes: [
                "api",
                "audit",
                "authenticator",
                "controllerManager",
                "scheduler",
            ],
            authenticationMode: "API",
            upgradePolicy: { supportType: "STANDARD" },
            deletionProtection: false,
            createOidcProvider: false,
            skipDefaultNodeGroup: true,
            skipDefaultSecurityGroups: true,
            createInstanceRole: false,
            bootstrapSelfManagedAddons: false,
            useDefaultVpcCni: true,
            // The rest is what Pulumi's SDK fills in.
            corednsAddonOptions: { enabled: false, ...overwriting },
            kubeProxyAddonOptions: { enabled: false, ...overwriting },
            tags: { team: "platform" },
        });
    });

    it("is reached from outside its network only by those who are named", async () => {
        const { all } = await declared({ publicAccessFrom: ["203.0.113.0/24"] });
        const { endpointPublicAccess, publicAccessCidrs } = ofType(all, cluster);
        assert.equal(endpointPublicAccess, true);
        assert.deepEqual(publicAccessCidrs, ["203.0.113.0/24"]);
    });

    it("is reached by addresses that are known only later, too [MEM-1]", async () => {
        const publicAccessFrom = ["203.0.113.0/24"];
        const publicAccessOf = [pulumi.output("198.51.100.7")];
        const { all } = await declared({ publicAccessFrom, publicAccessOf });
        const { publicAccessCidrs } = ofType(all, cluster);
        assert.deepEqual(publicAccessCidrs, ["203.0.113.0/24", "198.51.100.7/32"]);
    });

    it("is reached from networks that are joined with its own, where they are named", async () => {
        const { all } = await declared({ privateAccessFrom: ["10.1.0.0/16"] });
        const { description, ...rule } = one(all, "parent-from-10.1.0.0/16").inputs;
        assert.equal(description, "Clients of the cluster in 10.1.0.0/16");
        assert.deepEqual(rule, {
            securityGroupId: "sg-1",
            cidrIpv4: "10.1.0.0/16",
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            tags: {},
        });
    });

    it("gives whoever makes it no right by that, and lets traffic leave a zone in trouble", async () => {
        const transformed = hardened({
            type: "aws:eks/cluster:Cluster",
            props: { name: "x", accessConfig: { authenticationMode: "API" } },
            opts: {},
        })!;
        const { accessConfig, ...rest } = transformed.props;
        assert.deepEqual(await valueOf(accessConfig), {
            authenticationMode: "API",
            bootstrapClusterCreatorAdminPermissions: false,
        });
        assert.deepEqual(rest, { name: "x", zonalShiftConfig: { enabled: true } });
        assert.equal(hardened({ type: "aws:iam/role:Role", props: {}, opts: {} }), undefined);
    });

    it("encrypts Secrets and logs with a key that turns", async () => {
        const { all } = await declared({ logDays: 30 });
        const key = ofType(all, "aws:kms/key:Key");
        assert.equal(key.enableKeyRotation, true);
        assert.equal(key.deletionWindowInDays, 30);
        assert.match(String(key.policy), /"arn:aws:iam::111122223333:root"/);
        assert.match(String(key.policy), /log-group:\/aws\/eks\/karmada-parent\/cluster"/);
        const logs = one(all, "parent-logs").inputs;
        assert.equal(logs.name, "/aws/eks/karmada-parent/cluster");
        assert.equal(logs.retentionInDays, 30);
    });
});

describe("people in the parent cluster [PAR-2]", () => {
    it("have what their entry says, and no more", async () => {
        const { all } = await declared({ viewers: [support] });
        const entries = all.filter(({ type }) => type.endsWith(":AccessPolicyAssociation"));
        assert.deepEqual(
            entries.map(({ inputs }) => [
                inputs.principalArn,
                inputs.policyArn,
                inputs.accessScope,
            ]),
            [
                [
                    platform,
                    "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
                    { type: "cluster" },
                ],
                [
                    support,
                    "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminViewPolicy",
                    { type: "cluster" },
                ],
            ],
        );
    });
});

describe("tags", () => {
    it("are on everything that can be tagged", async () => {
        const { all } = await declared({ tags: { team: "platform" } });
        assert.deepEqual(untagged(all, "team"), []);
    });
});

describe("bad arguments of KarmadaParentCluster", () => {
    it("are told at once, before its first resource", async () => {
        let error: unknown;
        const { all } = await registeredBy(() => {
            try {
                new KarmadaParentCluster("parent", {
                    region: "eu-central-1",
                    nodes: { count: 2 },
                    publicAccessFrom: ["0.0.0.0/0"],
                });
            } catch (thrown) {
                error = thrown;
            }
        });
        assert.ok(error instanceof pulumi.ResourceError);
        const said = [...error.message.matchAll(/^ {2}- (\S+)/gm)].map((match) => match[1]);
        assert.deepEqual(said, [
            "vpcId",
            "subnetIds",
            "publicAccessFrom[0]",
            "admins",
            "nodes.count",
        ]);
        assert.equal(all.length, 1);
    });
});
