import assert from "node:assert/strict";
import { checkExisting, checkFound } from "../../../../components/karmadaVpc/existingNetwork";
import {
    checkNetwork,
    checkReference,
    type NetworkFacts,
} from "../../../../components/karmadaVpc/vpcChecks";

const good: NetworkFacts = {
    region: "eu-central-1",
    cidr: "10.0.0.0/16",
    zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
    nat: "single",
    interfaceEndpoints: false,
    apartFrom: ["10.1.0.0/16"],
    flowLogDays: 30,
    tags: { team: "platform" },
};
const problems = (facts: object) =>
    checkNetwork({ ...good, ...facts }).map(({ path, message }) => `${path} ${message}`);

describe("checkNetwork [NET-1]", () => {
    it("accepts a network as the guide describes it", () => assert.deepEqual(problems({}), []));

    it("accepts a fourth zone, and no way out where Amazon's services are reached inside", () => {
        assert.deepEqual(problems({ zones: [...good.zones, "eu-central-1d"] }), []);
        assert.deepEqual(problems({ nat: "none", interfaceEndpoints: true }), []);
    });

    const refused: [title: string, facts: object, ...messages: string[]][] = [
        [
            "two zones",
            { zones: ["eu-central-1a", "eu-central-1b"] },
            'zones names ["eu-central-1a","eu-central-1b"]; use three, e.g. ["eu-central-1a", "eu-central-1b", "eu-central-1c"]: with two, the loss of one can be the loss of etcd\'s majority.',
        ],
        [
            "no zone",
            { zones: [] },
            'zones names no zone; use three, e.g. ["eu-central-1a", "eu-central-1b", "eu-central-1c"]: with two, the loss of one can be the loss of etcd\'s majority.',
        ],
        [
            "five zones",
            { zones: ["a", "b", "c", "d", "e"].map((letter) => `eu-central-1${letter}`) },
            "zones names 5 zones; use 4 at most.",
        ],
        [
            "a zone twice",
            { zones: ["eu-central-1a", "eu-central-1b", "eu-central-1a"] },
            'zones[2] is "eu-central-1a" again; name each zone once.',
        ],
        [
            "a zone of another Region",
            { zones: ["eu-central-1a", "eu-central-1b", "eu-west-1c"] },
            'zones[2] is "eu-west-1c", which is no zone of "eu-central-1"; use names such as "eu-central-1a".',
        ],
        [
            "letters and kinds of zones that EKS has nowhere",
            { zones: ["eu-central-1a", "eu-central-1x", "eu-central-1-ham-1a"] },
            'zones[1] is "eu-central-1x", which is no zone of "eu-central-1"; use names such as "eu-central-1a".',
            'zones[2] is "eu-central-1-ham-1a", which is a Local Zone or the like, where EKS has no control planes; use names such as "eu-central-1a".',
        ],
        [
            "a /28",
            { cidr: "10.0.0.0/28" },
            'cidr is "10.0.0.0/28"; use "/22" at least: every pod has an address of its own, and a quarter of the range goes to each of up to 4 zones.',
        ],
        [
            "a range that AWS has no network for",
            { cidr: "10.0.0.0/8" },
            'cidr is "10.0.0.0/8"; use "/16" at most: AWS has no larger networks.',
            'apartFrom[0] is "10.1.0.0/16", which overlaps cidr, "10.0.0.0/8"; networks that are to be joined need ranges apart.',
        ],
        [
            "a range of the internet",
            { cidr: "8.8.0.0/16" },
            'cidr is "8.8.0.0/16"; use a private range: within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10, e.g. "10.0.0.0/16".',
        ],
        [
            "the range of the cluster's Services",
            { cidr: "172.20.0.0/16" },
            'cidr is "172.20.0.0/16"; keep off 172.20.0.0/16, where the Services of the parent cluster are.',
        ],
        [
            "a range that a member has",
            { apartFrom: ["10.0.4.0/22"] },
            'apartFrom[0] is "10.0.4.0/22", which overlaps cidr, "10.0.0.0/16"; networks that are to be joined need ranges apart.',
        ],
        [
            "the world as a network to join",
            { apartFrom: ["0.0.0.0/0"] },
            'apartFrom[0] is "0.0.0.0/0"; name the range of another network.',
        ],
        [
            "a misspelt way out",
            { nat: "onePerAz" },
            'nat is "onePerAz"; use "none", "single", "perZone".',
        ],
        [
            "nodes that reach nobody",
            { nat: "none" },
            'nat is "none", and then nodes find no way even to EKS; set interfaceEndpoints to true, or use "single".',
        ],
        [
            "a time for which CloudWatch keeps nothing",
            { flowLogDays: 10 },
            "flowLogDays is 10; CloudWatch keeps logs for one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days.",
        ],
    ];
    for (const [title, facts, ...messages] of refused) {
        it(`refuses ${title}`, () => assert.deepEqual(problems(facts), messages));
    }

    it("blames an unknown Region, not the zones in it", () => {
        const said = problems({ region: "eu-centrl-1" });
        assert.equal(said.length, 1);
        assert.match(said[0]!, /^region is "eu-centrl-1", which is no Region/);
    });

    it("tells everything that is wrong at once", () => {
        const said = checkNetwork({
            ...good,
            region: "mars-1",
            cidr: "10.0.0.0/30",
            zones: [],
            nat: "yes" as "none",
            apartFrom: ["x"],
            flowLogDays: 0,
            tags: { "aws:x": "y" },
        });
        assert.deepEqual(
            said.map(({ path }) => path),
            ["region", "cidr", "apartFrom[0]", "zones", "nat", "flowLogDays", 'tags["aws:x"]'],
        );
    });
});

const subnetIds = [1, 2, 3, 4, 5, 6].map((digit) => `subnet-${String(digit).repeat(17)}`);
const network = {
    vpcId: "vpc-0123456789abcdef0",
    privateSubnetIds: subnetIds.slice(0, 3),
    publicSubnetIds: subnetIds.slice(3),
};

describe("an existing network [NET-2]", () => {
    const said = (facts: object) =>
        checkExisting({ ...network, ...facts }).map(({ path, message }) => `${path} ${message}`);

    it("needs ids only", () => {
        assert.deepEqual(said({}), []);
        assert.deepEqual(said({ publicSubnetIds: undefined }), []);
    });

    it("needs three private subnets", () => {
        assert.deepEqual(said({ privateSubnetIds: subnetIds.slice(0, 2) }), [
            `privateSubnetIds names ${JSON.stringify(subnetIds.slice(0, 2))}; use three at least, each in a zone of its own: with two zones, the loss of one can be the loss of etcd's majority.`,
        ]);
    });

    it("is named by ids, each once", () => {
        assert.deepEqual(
            said({ vpcId: "main", publicSubnetIds: ["subnet-1", subnetIds[0], subnetIds[4]] }),
            [
                'vpcId is "main"; use an id such as "vpc-0123456789abcdef0".',
                'publicSubnetIds[0] is "subnet-1"; use an id such as "subnet-0123456789abcdef0".',
                `privateSubnetIds and publicSubnetIds name "${subnetIds[0]}" twice; name each subnet once.`,
            ],
        );
    });

    it("may say by which addresses its nodes call the internet", () => {
        assert.deepEqual(said({ natAddresses: ["198.51.100.7"] }), []);
        assert.deepEqual(said({ natAddresses: ["10.0.0.1", "198.51.100.0/24"] }), [
            'natAddresses[0] is "10.0.0.1"; use a public IPv4 address such as "198.51.100.7".',
            'natAddresses[1] is "198.51.100.0/24"; use a public IPv4 address such as "198.51.100.7".',
        ]);
    });

    it("is not said together with what only a new one has", () => {
        assert.deepEqual(checkReference("eu-central-1", network, ["cidr"]), [
            {
                path: "cidr",
                message:
                    "is for a new network, and existing names one that is there; leave one out.",
            },
        ]);
    });

    const found = (ids: readonly string[], open: boolean) =>
        ids.map((id, at) => ({
            id,
            vpcId: network.vpcId,
            availabilityZone: `eu-central-1${"abc"[at]}`,
            mapPublicIpOnLaunch: open,
        }));
    const inPrivate = found(network.privateSubnetIds, false);
    const inPublic = found(network.publicSubnetIds, true);

    const dns = { enableDnsSupport: true, enableDnsHostnames: true };

    it("is what AWS says it is", () => {
        const all = { ...dns, private: inPrivate, public: inPublic };
        assert.deepEqual(checkFound(network, all), []);
        assert.deepEqual(checkFound(network, { ...all, public: [] }), []);
    });

    it("resolves the names that EKS gives", () => {
        const all = { ...dns, enableDnsHostnames: false, private: inPrivate, public: [] };
        assert.deepEqual(checkFound(network, all), [
            {
                path: "existing.vpcId",
                message: `is "${network.vpcId}", where names are not resolved; switch DNS support and DNS hostnames on, or nodes do not find the private endpoint of EKS.`,
            },
        ]);
    });

    it("has its private subnets in three zones, in one network, and private", () => {
        const [first, second, third] = inPrivate;
        const wrong = [
            first!,
            { ...second!, availabilityZone: "eu-central-1a", mapPublicIpOnLaunch: true },
            { ...third!, vpcId: "vpc-00000000" },
        ];
        assert.deepEqual(checkFound(network, { ...dns, private: wrong, public: [] }), [
            {
                path: "existing.vpcId",
                message: `is "${network.vpcId}", but ${third!.id} is in vpc-00000000; name subnets of one network.`,
            },
            {
                path: "existing.privateSubnetIds",
                message: `has ${second!.id}, which gives every instance a public address; name private subnets.`,
            },
            {
                path: "existing.privateSubnetIds",
                message: "are all in eu-central-1a and eu-central-1c; name subnets in three zones.",
            },
        ]);
    });
});
