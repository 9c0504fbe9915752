import assert from "node:assert/strict";
import {
    amiTypeOf,
    checkNodes,
    type NodeFacts,
    planGroups,
} from "../../../../components/parentCluster/nodePlan";
import { nodeDefaults } from "../../../../components/parentCluster/nodeSettings";

const zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
const nodes = (facts: object): NodeFacts => ({ ...nodeDefaults, ...facts });
const problems = (facts: object, etcdMembers = 3) =>
    checkNodes(nodes(facts), etcdMembers).map(({ path, message }) => `${path} ${message}`);

describe("nodes of the parent [PAR-1]", () => {
    it("are three of one architecture unless told otherwise", () =>
        assert.deepEqual(problems({}), []));

    const refused: [title: string, facts: object, message: string][] = [
        [
            "no node",
            { count: 0 },
            "count is 0; use 3, 5, 7 or 9: the members of etcd are an odd number, and each has a node of its own.",
        ],
        [
            "an even number",
            { count: 4 },
            "count is 4; use 3, 5, 7 or 9: the members of etcd are an odd number, and each has a node of its own.",
        ],
        [
            "no type",
            { instanceTypes: [] },
            'instanceTypes is empty; name a type such as "m7i.large".',
        ],
        [
            "types of two architectures",
            { instanceTypes: ["m7i.large", "m7g.large"] },
            'instanceTypes mixes architectures: "m7i.large" is x86_64, "m7g.large" is arm64; the nodes of a group run one image, so use one of them.',
        ],
        [
            "a type that runs no Linux nodes",
            { instanceTypes: ["m7i.large", "mac2.metal"] },
            'instanceTypes[1] is "mac2.metal", which runs no Linux; use a type such as "m7i.large" or "m7g.large".',
        ],
        [
            "a misspelt size",
            { instanceTypes: ["m7i.lrge"] },
            'instanceTypes[0] is "m7i.lrge", and "lrge" is no size of instances; did you mean "m7i.large"?',
        ],
        ["Amazon Linux 2", { image: "AL2" }, 'image is "AL2"; use "AL2023" or "Bottlerocket".'],
        [
            "a disk that images fill",
            { diskSize: 8 },
            "diskSize is 8; use a whole number of GiB from 20 to 1024.",
        ],
        [
            "groups in two zones",
            { groupPerZone: zones.slice(0, 2) },
            'groupPerZone is ["eu-central-1a","eu-central-1b"]; name the zones of the subnets in their order: three at least, each once.',
        ],
        [
            "more groups than nodes",
            { groupPerZone: [...zones, "eu-central-1d"] },
            "count is 3; use 5 at least: each of 4 zones needs a node.",
        ],
    ];
    for (const [title, facts, message] of refused) {
        it(`refuses ${title}`, () => assert.deepEqual(problems(facts), [message]));
    }

    it("are any number where there is no etcd, in as many zones as there are nodes for", () => {
        for (const count of [1, 2, 4, 450]) {
            assert.deepEqual(problems({ count, groupPerZone: zones }, 0), []);
        }
        for (const count of [0, 1.5, 451]) {
            assert.deepEqual(problems({ count }, 0), [
                `count is ${count}; use a whole number from 1 to 450.`,
            ]);
        }
        assert.deepEqual(planGroups(nodes({ count: 2, groupPerZone: zones })), [
            { zone: "eu-central-1a", subnet: 0, size: 1 },
            { zone: "eu-central-1b", subnet: 1, size: 1 },
        ]);
    });

    it("refuses fewer nodes than etcd has members", () => {
        assert.deepEqual(problems({ count: 3 }, 5), [
            "count is 3; use 5 at least: etcd has 5 members, and no two of them on one node.",
        ]);
    });

    it("share themselves out over groups by zone", () => {
        assert.deepEqual(planGroups(nodes({})), [{ size: 3 }]);
        assert.deepEqual(planGroups(nodes({ count: 5, groupPerZone: zones })), [
            { zone: "eu-central-1a", subnet: 0, size: 2 },
            { zone: "eu-central-1b", subnet: 1, size: 2 },
            { zone: "eu-central-1c", subnet: 2, size: 1 },
        ]);
    });

    it("run the image for their architecture", () => {
        const imageOf = (image: string, type: string) =>
            amiTypeOf(nodes({ image, instanceTypes: [type] }));
        assert.equal(imageOf("AL2023", "m7i.large"), "AL2023_x86_64_STANDARD");
        assert.equal(imageOf("AL2023", "m7g.large"), "AL2023_ARM_64_STANDARD");
        assert.equal(imageOf("Bottlerocket", "m7i.large"), "BOTTLEROCKET_x86_64");
        assert.equal(imageOf("Bottlerocket", "m7g.large"), "BOTTLEROCKET_ARM_64");
    });
});
