import assert from "node:assert/strict";
import { named, one, valueOf } from "../../../support/mocks";
import { declared, ofType, zones } from "./declaredParent";

describe("nodes of KarmadaParentCluster [PAR-1]", () => {
    it("runs its nodes encrypted, replaced one at a time, without what pods could misuse", async () => {
        const { all } = await declared({ tags: { team: "platform" } });
        const template = ofType(all, "aws:ec2/launchTemplate:LaunchTemplate");
        assert.deepEqual(template.metadataOptions, {
            httpEndpoint: "enabled",
            httpTokens: "required",
            httpPutResponseHopLimit: 1,
        });
        assert.deepEqual(template.blockDeviceMappings, [
            {
                deviceName: "/dev/xvda",
                ebs: {
                    volumeType: "gp3",
                    volumeSize: 50,
                    encrypted: "true",
                    deleteOnTermination: "true",
                },
            },
        ]);
        const tags = { team: "platform", Name: "karmadaeks-karmada-parent" };
        assert.deepEqual(
            template.tagSpecifications,
            ["instance", "volume", "network-interface"].map((resourceType) => ({
                resourceType,
                tags,
            })),
        );
        for (const absent of ["keyName", "imageId", "userData"]) {
            assert.equal(template[absent], undefined, absent);
        }
        assert.deepEqual(ofType(all, "aws:eks/nodeGroup:NodeGroup"), {
            nodeRoleArn: "arn:parent-node",
            clusterName: "karmada-parent",
            nodeGroupNamePrefix: "karmadaeks-",
            subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
            amiType: "AL2023_x86_64_STANDARD",
            capacityType: "ON_DEMAND",
            instanceTypes: ["m7i.large"],
            launchTemplate: { id: "parent-nodes-id", version: "7" },
            version: "1.36",
            scalingConfig: { minSize: 3, desiredSize: 3, maxSize: 3 },
            updateConfig: { maxUnavailable: 1 },
            nodeRepairConfig: { enabled: true },
            tags: { team: "platform" },
        });
    });

    it("keeps Bottlerocket's data on its second volume", async () => {
        const { all } = await declared({ nodes: { image: "Bottlerocket" } });
        const [mapping] = ofType(all, "aws:ec2/launchTemplate:LaunchTemplate")
            .blockDeviceMappings as { deviceName: string }[];
        assert.equal(mapping!.deviceName, "/dev/xvdb");
    });

    it("has a group of nodes in each zone where that is asked for", async () => {
        const { all, result } = await declared({ nodes: { groupPerZone: zones } });
        const names = named(all, "aws:eks/nodeGroup:NodeGroup");
        assert.deepEqual(
            names,
            zones.map((zone) => `parent-nodes-${zone}`),
        );
        assert.deepEqual(one(all, "parent-nodes-eu-central-1b").inputs.subnetIds, ["subnet-b"]);
        const groups = await Promise.all(result.autoscalingGroupNames.map(valueOf));
        assert.deepEqual(
            groups,
            names.map((name) => `eks-${name}`),
        );
    });

    it("gives nodes no right beyond joining and pulling images", async () => {
        const { all } = await declared();
        const rights = named(all, "aws:iam/rolePolicyAttachment:RolePolicyAttachment");
        assert.deepEqual(
            rights.filter((name) => name.startsWith("parent-node-")),
            [
                "parent-node-AmazonEC2ContainerRegistryPullOnly",
                "parent-node-AmazonEKSWorkerNodePolicy",
            ],
        );
    });
});

describe("add-ons of the parent cluster [PAR-3]", () => {
    it("have the versions that go with its Kubernetes", async () => {
        const { all } = await declared({ version: "1.35" });
        assert.match(String(one(all, "parent-kube-proxy").inputs.addonVersion), /^v1\.35\./);
        for (const { inputs } of all.filter(({ type }) => type === "aws:eks/addon:Addon")) {
            assert.match(String(inputs.addonVersion), /^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
        }
    });

    it("enforce network policies, and tag the volumes they make", async () => {
        const { all } = await declared({ tags: { team: "platform" } });
        const configuration = (name: string) => {
            const found = all.find(
                (each) => each.type === "aws:eks/addon:Addon" && each.name === name,
            );
            return JSON.parse(String(found!.inputs.configurationValues));
        };
        assert.deepEqual(configuration("parent-vpc-cni"), { enableNetworkPolicy: "true" });
        assert.deepEqual(configuration("parent-aws-ebs-csi-driver"), {
            controller: { extraVolumeTags: { team: "platform" } },
        });
    });

    it("get their rights as pods, under a name that is the cluster's own", async () => {
        const { all } = await declared();
        const csi = all.find(
            ({ type, name }) =>
                type === "aws:iam/role:Role" && name === "parent-aws-ebs-csi-driver",
        )!;
        assert.equal(csi.inputs.name, undefined);
        assert.match(String(csi.inputs.assumeRolePolicy), /"pods\.eks\.amazonaws\.com"/);
        assert.match(String(csi.inputs.assumeRolePolicy), /"sts:TagSession"/);
        const addOn = all.find(
            ({ type, name }) =>
                type === "aws:eks/addon:Addon" && name === "parent-aws-ebs-csi-driver",
        )!;
        const [association] = addOn.inputs.podIdentityAssociations as { serviceAccount: string }[];
        assert.equal(association!.serviceAccount, "ebs-csi-controller-sa");
    });
});

describe("class of volumes of the parent cluster [PAR-4]", () => {
    for (const [keepVolumes, reclaimPolicy] of [
        [undefined, "Retain"],
        [false, "Delete"],
    ] as const) {
        it(`has encrypted volumes, to ${reclaimPolicy} when keepVolumes is ${keepVolumes}`, async () => {
            const { all } = await declared({ keepVolumes });
            const { metadata, ...rest } = one(all, "parent-ebs-sc").inputs;
            assert.equal((metadata as { name: string }).name, "ebs-sc");
            assert.deepEqual(rest, {
                apiVersion: "storage.k8s.io/v1",
                kind: "StorageClass",
                provisioner: "ebs.csi.aws.com",
                parameters: { type: "gp3", encrypted: "true" },
                volumeBindingMode: "WaitForFirstConsumer",
                allowVolumeExpansion: true,
                reclaimPolicy,
            });
        });
    }
});
