import assert from "node:assert/strict";
import { imdsV2 } from "../../../policies/rules/nodes/imdsV2";
import { nodeDisksEncrypted } from "../../../policies/rules/nodes/nodeDisksEncrypted";
import { nodeImageCurrent } from "../../../policies/rules/nodes/nodeImageCurrent";
import { nodesForQuorum } from "../../../policies/rules/nodes/nodesForQuorum";
import { nodesOnDemand } from "../../../policies/rules/nodes/nodesOnDemand";
import { nodesPrivate } from "../../../policies/rules/nodes/nodesPrivate";
import { nodeVersionSaid } from "../../../policies/rules/nodes/nodeVersionSaid";
import { noSshToNodes } from "../../../policies/rules/nodes/noSshToNodes";
import { oneNodeAtATime } from "../../../policies/rules/nodes/oneNodeAtATime";
import { describeRule } from "./describeRule";
import { judge, remedied, type Sample, unknown, type Writable } from "./judge";

const nodeGroup = (props: Writable = {}) => ({
    type: "aws:eks/nodeGroup:NodeGroup",
    props: {
        amiType: "AL2023_x86_64_STANDARD",
        capacityType: "ON_DEMAND",
        launchTemplate: { id: "lt-1", version: "1" },
        version: "1.36",
        scalingConfig: { minSize: 3, desiredSize: 3, maxSize: 3 },
        subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
        updateConfig: { maxUnavailable: 1 },
        ...props,
    } as Writable,
});
const launchTemplate = () => ({
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    props: {
        metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
        blockDeviceMappings: [
            {
                deviceName: "/dev/xvda",
                ebs: { encrypted: "true", volumeType: "gp3", volumeSize: 50 },
            },
        ],
    } as Writable & {
        metadataOptions: Writable;
        blockDeviceMappings: [{ deviceName: string; ebs: Writable }];
    },
});
const good = () => ({ group: nodeGroup(), template: launchTemplate() });

describe("rules for nodes", () => {
    const cluster = { type: "aws:eks/cluster:Cluster", props: { name: "one" } };
    describeRule(nodesForQuorum, {
        good: { group: nodeGroup(), cluster },
        alsoGood: {
            "a group per zone": ({ group: { props } }) => (props.scalingConfig = { minSize: 3 }),
            "one node where it is enough": {
                change: ({ group: { props } }) => (props.scalingConfig = { minSize: 1 }),
                config: { minimum: 1 },
            },
        },
        bad: {
            "two nodes": {
                change: ({ group: { props } }) => (props.scalingConfig = { minSize: 2 }),
                says: /group: .*minSize of all groups together is 2: make it 3/,
            },
            "a group that may be empty": {
                change: ({ group: { props } }) => (props.scalingConfig = {}),
                says: /together is 0/,
            },
            "two subnets": {
                change: ({ group: { props } }) => (props.subnetIds = ["subnet-a", "subnet-b"]),
                says: /together name 2 subnets/,
            },
        },
        unknown: { "the subnets": ({ group: { props } }) => (props.subnetIds = unknown) },
    });

    it("counts the nodes of each cluster by themselves [NODE-01]", () => {
        const other = { type: cluster.type, props: { name: "two" } };
        const { violations } = judge(nodesForQuorum, {
            cluster,
            other,
            "a-group": nodeGroup({ clusterName: "one" }),
            "b-group": nodeGroup({ clusterName: "two", scalingConfig: { minSize: 1 } }),
        });
        assert.match(violations.join(), /b-group: [^,]*together is 1/);
    });

    describeRule(imdsV2, {
        good: good(),
        alsoGood: {
            "a template that says an image only": ({ template }) => {
                template.props = { imageId: "resolve:ssm:/image", tags: {} } as never;
            },
            "two hops where that is said": {
                change: ({ template: { props } }) =>
                    (props.metadataOptions.httpPutResponseHopLimit = 2),
                config: { hops: 2 },
            },
        },
        bad: {
            "the first version": {
                change: ({ template: { props } }) =>
                    (props.metadataOptions.httpTokens = "optional"),
                says: /httpTokens is "optional": set it to "required"/,
            },
            "two hops": {
                change: ({ template: { props } }) =>
                    (props.metadataOptions.httpPutResponseHopLimit = 2),
                says: /httpPutResponseHopLimit is 2: set it to 1 at most/,
            },
        },
        unknown: {
            "the options": ({ template: { props } }) => (props.metadataOptions = unknown as never),
        },
    });

    describeRule(nodeDisksEncrypted, {
        good: good(),
        alsoGood: {
            "a template that says an image only": ({ template }) => {
                template.props = { imageId: "resolve:ssm:/image", tags: {} } as never;
            },
            "a disk in memory": ({ template: { props } }) =>
                (props.blockDeviceMappings[0] = { deviceName: "/dev/xvdc" } as never),
        },
        bad: {
            "a disk that is not encrypted": {
                change: ({ template: { props } }) =>
                    (props.blockDeviceMappings[0].ebs.encrypted = "false"),
                says: /blockDeviceMappings\[0\]\.ebs\.encrypted is not true/,
            },
            "an old type": {
                change: ({ template: { props } }) =>
                    (props.blockDeviceMappings[0].ebs.volumeType = "gp2"),
                says: /volumeType is "gp2": set it to "gp3"/,
            },
            "the image's own disk": {
                change: ({ template: { props } }) => (props.blockDeviceMappings = [] as never),
                says: /blockDeviceMappings is empty/,
            },
            "a group without a template": {
                change: ({ group: { props } }) => delete props.launchTemplate,
                says: /group: .*launchTemplate is not set/,
            },
        },
        unknown: {
            "whether it is": ({ template: { props } }) =>
                (props.blockDeviceMappings[0].ebs.encrypted = unknown),
        },
    });

    for (const [rule, spoil] of [
        [imdsV2, (props: Writable) => delete props.metadataOptions],
        [
            nodeDisksEncrypted,
            (props: Writable) =>
                (props.blockDeviceMappings = [{ deviceName: "/dev/xvda", ebs: { volumeSize: 9 } }]),
        ],
    ] as const) {
        it(`${rule.name} sets right what it would refuse, and nothing else [${rule.id}]`, () => {
            const template: Sample = launchTemplate();
            assert.equal(remedied(rule, template), template);
            spoil(template.props);
            assert.notDeepEqual(judge(rule, { template }).violations, []);
            const after = remedied(rule, template);
            assert.deepEqual(judge(rule, { template: after }).violations, []);
            assert.deepEqual(
                Object.keys(after.props).sort(),
                Object.keys(launchTemplate().props).sort(),
            );
        });
    }

    describeRule(nodesPrivate, {
        good: {
            ...good(),
            open: {
                type: "aws:ec2/subnet:Subnet",
                props: { id: "subnet-o", mapPublicIpOnLaunch: true } as Writable,
            },
        },
        bad: {
            "public addresses": {
                change: ({ template: { props } }) =>
                    (props.networkInterfaces = [{ associatePublicIpAddress: "true" }]),
                says: /networkInterfaces\[0\]\.associatePublicIpAddress is true/,
            },
            "a public subnet": {
                change: ({ group: { props } }) => (props.subnetIds = ["subnet-o"]),
                says: /subnetIds has the public open: use private/,
            },
        },
        unknown: { "the subnets": ({ group: { props } }) => (props.subnetIds = unknown) },
    });

    describeRule(noSshToNodes, {
        good: good(),
        bad: {
            "a key in the template": {
                change: ({ template: { props } }) => (props.keyName = unknown),
                says: /keyName is set: leave it out/,
            },
            "a key in the group": {
                change: ({ group: { props } }) => (props.remoteAccess = { ec2SshKey: "mine" }),
                says: /remoteAccess is set/,
            },
        },
    });

    describeRule(nodeImageCurrent, {
        good: good(),
        alsoGood: {
            Bottlerocket: ({ group: { props } }) => (props.amiType = "BOTTLEROCKET_ARM_64"),
        },
        bad: {
            "Amazon Linux 2": {
                change: ({ group: { props } }) => (props.amiType = "AL2_x86_64"),
                says: /amiType is "AL2_x86_64"/,
            },
            "an image that is not said": {
                change: ({ group: { props } }) => delete props.amiType,
                says: /amiType is not set/,
            },
        },
        unknown: { "the image": ({ group: { props } }) => (props.amiType = unknown) },
    });

    describeRule(nodesOnDemand, {
        good: good(),
        alsoGood: { "Amazon's default": ({ group: { props } }) => delete props.capacityType },
        bad: {
            "spot nodes": {
                change: ({ group: { props } }) => (props.capacityType = "SPOT"),
                says: /capacityType is "SPOT": set it to "ON_DEMAND"/,
            },
        },
        unknown: { "the kind": ({ group: { props } }) => (props.capacityType = unknown) },
    });

    describeRule(oneNodeAtATime, {
        good: good(),
        alsoGood: { "Amazon's default": ({ group: { props } }) => delete props.updateConfig },
        bad: {
            "two at a time": {
                change: ({ group: { props } }) => (props.updateConfig = { maxUnavailable: 2 }),
                says: /maxUnavailable is 2: set it to 1/,
            },
            "a share of them": {
                change: ({ group: { props } }) =>
                    (props.updateConfig = { maxUnavailablePercentage: 33 }),
                says: /maxUnavailablePercentage is set/,
            },
        },
        unknown: { "how many": ({ group: { props } }) => (props.updateConfig = unknown) },
    });

    describeRule(nodeVersionSaid, {
        good: good(),
        alsoGood: {
            "no template of one's own": ({ group: { props } }) => {
                delete props.launchTemplate;
                delete props.version;
            },
            "a version that is not known yet": ({ group: { props } }) => (props.version = unknown),
        },
        bad: {
            "a version that nobody says": {
                change: ({ group: { props } }) => delete props.version,
                says: /version is not set: set it to the cluster's/,
            },
        },
    });
});
