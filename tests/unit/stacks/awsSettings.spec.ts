import assert from "node:assert/strict";
import {
    changed,
    type Config,
    configOf,
    existingNetwork,
    existingParent,
    problemsOf,
    settingsOf,
    withExisting,
} from "./stackFiles";

const p = "pulumi-karmada-eks";
const dev = configOf("Pulumi.dev.yaml");
const prod = configOf("Pulumi.prod.yaml");

/** What is refused, and the whole of what is said. */
type Refused = readonly [title: string, config: Config, ...problems: string[]];
const [a, b, c] = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
const zones = `["eu-central-1a","eu-central-1b","eu-central-1c"]`;

describe("the committed stack files of AWS", () => {
    for (const [name, config] of Object.entries({ dev, prod })) {
        it(`have nothing to complain about in ${name}, and hold the demo [WRK-1]`, () => {
            assert.deepEqual(problemsOf(config), []);
            const { members, workloads, network, parent } = settingsOf("aws", config);
            assert.deepEqual(
                members.map(({ name, mode, region }) => [name, mode, region]),
                [
                    ["ekseucl01", "push", "eu-central-1"],
                    ["ekseucl02", "push", "eu-central-1"],
                    ["eksuscl01", "pull", "us-east-1"],
                ],
            );
            const [nginx] = workloads;
            assert.equal(nginx?.replicas, 12);
            assert.deepEqual(nginx?.weights, { ekseucl01: 1, ekseucl02: 1, eksuscl01: 2 });
            // A group for all zones would be replaced when one is added.
            assert.deepEqual(parent.nodes?.groupPerZone, network.zones);
            for (const { place, zones } of members) {
                assert.ok("newCluster" in place);
                assert.deepEqual(place.newCluster.cluster.nodes?.groupPerZone, zones);
            }
        });
    }

    it("keep prod off the internet, protected and backed up", () => {
        const { endpoint, parent, protect, backup, members } = settingsOf("aws", prod);
        assert.deepEqual(protect, ["parent", "karmada", "backup", "members"]);
        assert.ok(!endpoint.internetFacing && endpoint.deletionProtection);
        assert.ok(parent.publicAccessFrom === undefined && parent.deletionProtection);
        assert.equal(backup?.store.keep, true);
        for (const { place } of members) {
            assert.ok("newCluster" in place && place.newCluster.peered);
            assert.equal(place.newCluster.cluster.publicAccessFrom, undefined);
        }
    });
});

describe("a stack file of AWS", () => {
    it("says who may sign in, and how much memory there is", () => {
        const issuer = {
            url: "https://id.example.com",
            audiences: ["karmada"],
            usernameClaim: "email",
            usernamePrefix: "people:",
            groupsClaim: "groups",
        };
        const memoryLimits = { etcd: "8Gi", apiServer: "6Gi" };
        const withIssuer = changed(dev, "karmada.issuers", [issuer]);
        const config = changed(withIssuer, "karmada.memoryLimits", memoryLimits);
        const { karmada } = settingsOf("aws", config);
        assert.deepEqual(karmada.issuers, [issuer]);
        assert.deepEqual(karmada.memoryLimits, memoryLimits);
    });

    const accepted: [title: string, config: Config][] = [
        [
            "no tags, backup, host, budget or settings of Karmada",
            without(dev, ["tags", "budget", "karmada"]),
        ],
        [
            "a fourth zone, with nodes for it",
            changed(
                changed(dev, "network.zones", [a, b, c, "eu-central-1d"]),
                "parent.nodes.count",
                5,
            ),
        ],
        ["a parent and a network that are there", withExisting(prod)],
        ["a member that is an EKS cluster already", withMember({ existingCluster: "theirs" })],
        ["a member of whom there is a kubeconfig", withMember({ kubeconfig: "one.yaml" })],
        [
            "a name of one's own in its zone",
            changed(prod, "endpoint.dns", dns("karmada.example.com")),
        ],
        [
            "the internet, when asked for by name",
            changed(
                changed(dev, "endpoint.allowedRanges", ["0.0.0.0/0"]),
                "endpoint.openToTheWorld",
                true,
            ),
        ],
    ];
    for (const [title, config] of accepted) {
        it(`may have ${title}`, () => assert.deepEqual(problemsOf(config), []));
    }

    const refused: readonly Refused[] = [
        [
            "two zones",
            changed(dev, "network.zones", [a, b]),
            `${p}:network.zones names ["eu-central-1a","eu-central-1b"]; use three, e.g. ["eu-central-1a", "eu-central-1b", "eu-central-1c"]: with two, the loss of one can be the loss of etcd's majority.`,
        ],
        [
            "a zone twice",
            changed(dev, "network.zones", [a, b, b]),
            `${p}:network.zones[2] is "eu-central-1b" again; name each zone once.`,
        ],
        [
            "more zones than nodes",
            changed(dev, "network.zones", [a, b, c, "eu-central-1d"]),
            `${p}:parent.nodes.count is 3; use 5 at least: each of 4 zones needs a node.`,
        ],
        [
            "no zones",
            changed(dev, "network.zones", undefined),
            `${p}:network.zones is missing; name three, e.g. ${zones}.`,
        ],
        [
            "a zone of another Region",
            changed(dev, "network.zones", [a, b, "us-east-1c"]),
            `${p}:network.zones[2] is "us-east-1c", which is no zone of "eu-central-1"; use names such as "eu-central-1a".`,
        ],
        [
            "a range with room for nobody",
            changed(dev, "network.cidr", "10.0.0.0/28"),
            `${p}:network.cidr is "10.0.0.0/28"; use "/22" at least: every pod has an address of its own, and a quarter of the range goes to each of up to 4 zones.`,
        ],
        [
            "a range that others have on the internet",
            changed(dev, "network.cidr", "203.0.0.0/16"),
            `${p}:network.cidr is "203.0.0.0/16"; use a private range: within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10, e.g. "10.0.0.0/16".`,
        ],
        [
            "a range that overlaps the parent's",
            changed(dev, "members.1.newCluster.cidr", "10.0.128.0/18"),
            `${p}:members[1].newCluster.cidr is "10.0.128.0/18", which overlaps network.cidr, "10.0.0.0/16"; give each network a range of its own.`,
        ],
        [
            "two members with one range",
            changed(dev, "members.2.newCluster.cidr", "10.1.0.0/16"),
            `${p}:members[2].newCluster.cidr is "10.1.0.0/16", which overlaps members[0].newCluster.cidr, "10.1.0.0/16"; give each network a range of its own.`,
        ],
        [
            "a way to the internet that there is not",
            changed(dev, "network.nat", "singel"),
            `${p}:network.nat is "singel"; use "none", "single", "perZone".`,
        ],
        [
            "a public API for nobody",
            changed(dev, "parent.publicAccessFrom", []),
            `${p}:parent.publicAccessFrom is empty; name the ranges from which the cluster is administered, or leave it out for a cluster that only its network reaches.`,
        ],
        [
            "everybody at the parent's API",
            changed(dev, "parent.publicAccessFrom", ["0.0.0.0/0"]),
            `${p}:parent.publicAccessFrom[0] is "0.0.0.0/0", which is everybody; name the ranges of those who need it, or set openToTheWorld to true.`,
        ],
        [
            "everybody at Karmada's API",
            changed(dev, "endpoint.allowedRanges", ["0.0.0.0/0"]),
            `${p}:endpoint.allowedRanges[0] is "0.0.0.0/0", which is everybody; name the ranges of those who need it, or set openToTheWorld to true.`,
        ],
        [
            "nobody at Karmada's API",
            changed(dev, "endpoint.allowedRanges", undefined),
            `${p}:endpoint.allowedRanges is empty, and so nobody could reach Karmada; name the ranges of members that pull, and of people.`,
        ],
        [
            "a Kubernetes that EKS no longer supports",
            changed(dev, "parent.version", "1.29"),
            `${p}:parent.version is "1.29", which EKS has not supported since 2026-03-23; use "1.36" or "1.35".`,
        ],
        [
            "a version that YAML takes for a number",
            changed(dev, "parent.version", 1.36),
            `${p}:parent.version is 1.36; YAML takes that for a number, so write it in quotes.`,
        ],
        ...[0, 4].map((count): Refused => [
            `${count} nodes`,
            changed(dev, "parent.nodes.count", count),
            `${p}:parent.nodes.count is ${count}; use 3, 5, 7 or 9: the members of etcd are an odd number, and each has a node of its own.`,
        ]),
        [
            "fewer nodes than members of etcd",
            changed(dev, "karmada.etcd.members", 5),
            `${p}:parent.nodes.count is 3; use 5 at least: etcd has 5 members, and no two of them on one node.`,
        ],
        [
            "an even number of members of etcd",
            changed(dev, "karmada.etcd.members", 4),
            `${p}:karmada.etcd.members is 4; use 3 or 5: an even number survives no more losses than one member fewer does.`,
            `${p}:parent.nodes.count is 3; use 4 at least: etcd has 4 members, and no two of them on one node.`,
        ],
        [
            "instance types of two architectures",
            changed(dev, "parent.nodes.instanceTypes", ["t3.large", "t4g.large"]),
            `${p}:parent.nodes.instanceTypes mixes architectures: "t3.large" is x86_64, "t4g.large" is arm64; the nodes of a group run one image, so use one of them.`,
        ],
        [
            "a Region that there is not, once",
            changed(dev, "region", "eu-central-7"),
            `${p}:region is "eu-central-7", which is no Region with Amazon EKS; did you mean "eu-central-1"?`,
        ],
        [
            "a member in a Region that there is not, once",
            changed(dev, "members.2.region", "us-east-9"),
            `${p}:members[2].region is "us-east-9", which is no Region with Amazon EKS; did you mean "us-east-1"?`,
        ],
        [
            "a budget whose alarm reaches nobody",
            changed(dev, "budget.addresses", undefined),
            `${p}:budget.addresses is empty, and an alarm that reaches nobody is none; name one.`,
        ],
        [
            "two private subnets",
            changed(
                withExisting(prod),
                "network.existing.privateSubnetIds",
                existingNetwork.existing.privateSubnetIds.slice(1),
            ),
            `${p}:network.existing.privateSubnetIds names ["subnet-0123456b","subnet-0123456c"]; use three at least, each in a zone of its own: with two zones, the loss of one can be the loss of etcd's majority.`,
        ],
        [
            "a name outside its zone",
            changed(prod, "endpoint.dns", dns("karmada.example.org")),
            `${p}:endpoint.dns.name is "karmada.example.org", which is not in the zone "example.com"; use a name such as "karmada.example.com", or the zone that it is in.`,
        ],
        [
            "a key that is nearly right, at any depth",
            changed(changed(dev, "networks", {}), "parent.nodes.instanceType", "t3.large"),
            `${p}:parent.nodes.instanceType is not a key of this program; did you mean "instanceTypes"?`,
            `${p}:networks is not a key of this program; did you mean "network"?`,
        ],
        [
            "values of the wrong type",
            changed(changed(dev, "endpoint.internetFacing", "yes"), "backup", { keep: 1 }),
            `${p}:endpoint.internetFacing is "yes"; write true or false, without quotes.`,
            `${p}:backup.keep is 1; write true or false, without quotes.`,
        ],
        [
            "tags that AWS refuses, once",
            changed(dev, "tags.owner", "a;b"),
            `${p}:tags["owner"] is "a;b"; use at most 256 letters, digits, spaces and any of "_.:/=+-@".`,
        ],
        [
            "protection of what there is not",
            changed(prod, "protect", ["parents"]),
            `${p}:protect[0] is "parents"; did you mean "parent"?`,
        ],
        [
            "a schedule that cron does not know",
            changed(prod, "backup.schedule", "every day"),
            `${p}:backup.schedule is "every day"; use the five fields of cron, e.g. "0 */6 * * *" for every six hours, or "@daily".`,
        ],
        [
            "a host of a type that there is not",
            changed(prod, "host.instanceType", "small"),
            `${p}:host.instanceType is "small", which is no type of instances; use a type such as "t3.small" or "t4g.small".`,
        ],
        [
            "a cluster that nobody reaches",
            changed(dev, "members.0.newCluster.publicAccessFrom", undefined),
            `${p}:members[0].newCluster.publicAccessFrom is missing, and so nobody outside the cluster's network reaches it, not even this program; name the ranges it is run from, or set peered to true and name private ones as privateAccessFrom.`,
        ],
        [
            "a parent that nobody reaches",
            changed(dev, "parent.publicAccessFrom", undefined),
            `${p}:parent.publicAccessFrom is missing, and privateAccessFrom too, and so not even this program reaches its API; name the ranges it is run from.`,
        ],
        [
            "a peered cluster that only Karmada reaches",
            changed(prod, "members.0.newCluster.privateAccessFrom", undefined),
            `${p}:members[0].newCluster.publicAccessFrom is missing, and privateAccessFrom too, and so not even this program reaches its API; name the ranges it is run from.`,
        ],
        [
            "an agent that finds no way to Karmada",
            changed(dev, "endpoint.internetFacing", false),
            `${p}:members[2].mode is "pull", but its agent finds no way to an endpoint inside another network; set newCluster.peered or endpoint.internetFacing to true.`,
        ],
        [
            "a parent that is there in a network that is not",
            changed(prod, "parent", existingParent),
            ...[0, 1, 2].map(
                (at) =>
                    `${p}:members[${at}].newCluster.admins is empty; name the roles of those who run pulumi up, and of who else administers the cluster: having made it gives nobody a right.`,
            ),
            `${p}:network is a new one, but parent names a cluster that is there; say network.existing, with the network that it is in.`,
        ],
        [
            "a new network that is also there",
            changed(prod, "network", { ...existingNetwork, cidr: "10.0.0.0/16" }),
            `${p}:network.cidr is for a new network, and existing names one that is there; leave one out.`,
            ...[0, 1, 2].map(
                (at) =>
                    `${p}:members[${at}].newCluster.peered is true, and takes a network that this stack makes; with network.existing, join the networks yourself.`,
            ),
        ],
        [
            "a member without a place",
            withMember({}),
            `${p}:members[0].newCluster is one of newCluster, existingCluster, kubeconfig, and none of them is there; say one.`,
        ],
        [
            "a member in two places",
            withMember({ existingCluster: "one", kubeconfig: "one.yaml" }),
            `${p}:members[0].newCluster is one of newCluster, existingCluster, kubeconfig, and more than one of them is there; say one.`,
        ],
        [
            "an existing cluster nobody knows where",
            withMember({ existingCluster: "one", region: undefined, zones: undefined }),
            `${p}:members[0].region is missing; name the Region of the cluster, such as "eu-central-1".`,
        ],
        [
            "a new cluster with a name too long for its roles",
            changed(without(dev, [], []), "members.0.name", "m".repeat(38)),
            `${p}:members[0].name is "${"m".repeat(38)}"; use 37 characters at most for a cluster that is made here: roles are called after it.`,
        ],
        [
            "one of what production is to have several of",
            changed(prod, "karmada.servers", 1),
            `${p}:karmada.servers is 1; Karmada's API is away while its one API server moves or is updated. Use 2, or 3 on three nodes.`,
        ],
        [
            "a descheduler that nobody tells anything",
            changed(prod, "karmada.optional", { descheduler: true }),
            `${p}:karmada.optional.descheduler is true without estimators, and only they know which replicas found no room; set estimators to true as well.`,
        ],
        [
            "needs of a workload that are none",
            changed(dev, "workloads", [{ ...nginx(), cpu: "much", memory: "64MB" }]),
            `${p}:workloads[0].cpu is "much"; use a quantity such as "100m".`,
            `${p}:workloads[0].memory is "64MB"; use a quantity such as "64Mi".`,
        ],
        [
            "two workloads of one namespace that want different pods",
            changed(dev, "workloads", [
                { ...nginx(), policy: undefined },
                { ...nginx(), name: "other", policy: undefined, restricted: false },
            ]),
            `${p}:workloads[1].restricted is false, unlike another workload's in namespace "sample"; a namespace takes either kind of pods.`,
        ],
    ];
    for (const [title, config, ...problems] of refused) {
        it(`may not have ${title}`, () => assert.deepEqual(problemsOf(config), problems));
    }
});

function without(config: Config, keys: string[], workloads = config[`${p}:workloads`]): Config {
    const rest = keys.reduce((from, key) => changed(from, key, undefined), config);
    return { ...rest, [`${p}:workloads`]: workloads };
}

function dns(name: string): Config {
    return { zone: "example.com", zoneId: "Z0123456789ABCDEFGHIJ", name };
}

function nginx(): Config {
    return (dev[`${p}:workloads`] as Config[])[0]!;
}

/** Dev with something else for the first member's cluster. */
function withMember(change: Config): Config {
    const members = dev[`${p}:members`] as Config[];
    const [first, ...others] = members;
    return changed(dev, "members", [{ ...first, newCluster: undefined, ...change }, ...others]);
}
