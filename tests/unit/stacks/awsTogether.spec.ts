import assert from "node:assert/strict";
import {
    changed,
    type Config,
    configOf,
    existingNetwork,
    existingParent,
    problemsOf,
    settingsOf,
} from "./stackFiles";

const p = "pulumi-karmada-eks";
const dev = configOf("Pulumi.dev.yaml");

type Refused = readonly [title: string, config: Config, ...problems: string[]];

/** Dev without what would be missed if what stands at this place were another thing. */
const withoutAccess = (place: string): Config =>
    ({
        "network.existing": changed(dev, "network.zones", undefined),
        "parent.existing": changed(dev, "parent.admins", undefined),
        "members.0.newCluster.peered": changed(
            dev,
            "members.0.newCluster.publicAccessFrom",
            undefined,
        ),
    })[place] ?? dev;

/** Dev in a network and a cluster that are there. */
function there(network: object): Config {
    const subnets = existingNetwork.existing.privateSubnetIds.map((id) => id.replace("012", "abc"));
    const existing = { ...existingNetwork.existing, publicSubnetIds: subnets, ...network };
    const named = changed(changed(dev, "network", { existing }), "parent", existingParent);
    return ["0", "1", "2"].reduce(
        (config, at) => changed(config, `members.${at}.newCluster.admins`, [admin]),
        named,
    );
}
const admin = "arn:aws:iam::111122223333:role/platform";
const natAddresses = ["198.51.100.7", "198.51.100.8"];

describe("what two parts of a stack file of AWS say together", () => {
    const accepted: readonly [title: string, config: Config][] = [
        [
            "members that push, and the addresses by which Karmada's network calls them [MEM-1]",
            there({ natAddresses }),
        ],
        [
            "as many nodes in a member as one wants, also fewer than zones",
            changed(
                changed(dev, "members.0.newCluster.nodes.count", 2),
                "members.1.newCluster.nodes.count",
                4,
            ),
        ],
    ];
    for (const [title, config] of accepted) {
        it(`may be ${title}`, () => assert.deepEqual(problemsOf(config), []));
    }

    it("may have a member in another Region that is called as the parent cluster", () => {
        const config = changed(dev, "parent.clusterName", "eksuscl01");
        assert.deepEqual(problemsOf(config), []);
    });

    const refused: readonly Refused[] = [
        [
            "members that push, called from a network of which nobody knows the addresses [MEM-1]",
            there({}),
            `${p}:network.existing.natAddresses is missing, and so the API of ekseucl01, ekseucl02 would not let Karmada in; name the public addresses by which this network's nodes call the internet, such as those of its NAT gateways.`,
        ],
        [
            "members that push, called from a network without a way out",
            changed(
                changed(changed(dev, "network.nat", "none"), "network.interfaceEndpoints", true),
                "members.1.mode",
                "pull",
            ),
            `${p}:members[0].mode is "push", but Karmada finds no way out of its network, because network.nat is "none"; set newCluster.peered to true, or network.nat to "single".`,
        ],
        [
            "a member that is called as the parent cluster in the same Region",
            changed(dev, "parent.clusterName", "ekseucl01"),
            `${p}:members[0].name is "ekseucl01", which is the parent cluster's name in the same Region; give one of them another.`,
        ],
        [
            "an agent without a way out",
            changed(
                changed(dev, "members.2.newCluster.nat", "none"),
                "members.2.newCluster.interfaceEndpoints",
                true,
            ),
            `${p}:members[2].newCluster.nat is "none", but its agent calls Karmada through the internet; use "single", or set peered to true.`,
        ],
        [
            "a member in a range that is kept for another network",
            changed(dev, "network.apartFrom", ["10.2.0.0/15"]),
            `${p}:members[1].newCluster.cidr is "10.2.0.0/16", which overlaps network.apartFrom[0], "10.2.0.0/15"; give each network a range of its own.`,
            `${p}:members[2].newCluster.cidr is "10.3.0.0/16", which overlaps network.apartFrom[0], "10.2.0.0/15"; give each network a range of its own.`,
        ],
        [
            "a member in the range that the network has where none is named",
            changed(
                changed(dev, "network.cidr", undefined),
                "members.0.newCluster.cidr",
                "10.0.0.0/18",
            ),
            `${p}:members[0].newCluster.cidr is "10.0.0.0/18", which overlaps network.cidr, "10.0.0.0/16"; give each network a range of its own.`,
        ],
        [
            "an administrator whom all clusters have, and who is none: told once",
            changed(dev, "parent.admins", ["platform"]),
            `${p}:parent.admins[0] is "platform"; use the ARN of an IAM role or user, such as "${admin}".`,
        ],
        [
            "no administrators of any cluster: told once",
            changed(dev, "parent.admins", undefined),
            `${p}:parent.admins is empty; name the roles of those who run pulumi up, and of who else administers the cluster: having made it gives nobody a right.`,
        ],
        [
            "zones that are no list, once",
            changed(dev, "network.zones", "eu-central-1a"),
            `${p}:network.zones is "eu-central-1a"; write a list, such as ["eu-central-1a"].`,
        ],
        ...(
            [
                ["network.existing", "vpc-1", "write keys and their values, indented below it"],
                ["parent.existing", "mine", "write keys and their values, indented below it"],
                ["parent.publicAccessFrom", "all", 'write a list, such as ["all"]'],
                ["members.0.newCluster.peered", "no", "write true or false, without quotes"],
                ["members.0.newCluster", "new", "write keys and their values, indented below it"],
            ] as const
        ).map(([place, value, remedy]): Refused => [
            `${place} that is no such thing, and nothing that only follows from it`,
            changed(withoutAccess(place), place, value),
            `${p}:${place.replace(".0", "[0]")} is "${value}"; ${remedy}.`,
        ]),
        [
            "everything wrong with a member's cluster, at once",
            changed(
                changed(
                    changed(dev, "members.0.newCluster.nodes.instanceTypes", ["t3.medum"]),
                    "members.0.newCluster.logDays",
                    "7",
                ),
                "members.0.newCluster.version",
                "1.29",
            ),
            `${p}:members[0].newCluster.logDays is "7"; write the number without quotes.`,
            `${p}:members[0].newCluster.version is "1.29", which EKS has not supported since 2026-03-23; use "1.36" or "1.35".`,
            `${p}:members[0].newCluster.nodes.instanceTypes[0] is "t3.medum", and "medum" is no size of instances; did you mean "t3.medium"?`,
        ],
    ];
    for (const [title, config, ...problems] of refused) {
        it(`may not be ${title}`, () => assert.deepEqual(problemsOf(config), problems));
    }

    it("leaves nobody's cluster without administrators", () => {
        const { members } = settingsOf("aws", dev);
        for (const { place } of members) {
            assert.ok("newCluster" in place);
            assert.deepEqual(place.newCluster.cluster.admins, [admin]);
        }
    });
});
