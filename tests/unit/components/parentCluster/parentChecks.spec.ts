import assert from "node:assert/strict";
import {
    checkExistingParent,
    checkFoundCluster,
} from "../../../../components/parentCluster/existingParent";
import { nodeDefaults } from "../../../../components/parentCluster/nodeSettings";
import { checkParent, type ParentFacts } from "../../../../components/parentCluster/parentChecks";
import { defaultEksVersion, eksReleases } from "../../../../components/versionsEks";

const now = new Date("2026-11-21T12:00:00Z");
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const good: ParentFacts = {
    region: "eu-central-1",
    clusterName: "karmada-parent",
    version: "1.36",
    privateAccessFrom: [],
    openToTheWorld: false,
    admins: [role("platform")],
    viewers: [role("support")],
    nodes: nodeDefaults,
    etcdMembers: 3,
    logDays: 90,
    tags: {},
};
const problems = (facts: object, at = now) =>
    checkParent({ ...good, ...facts }, at).map(({ path, message }) => `${path} ${message}`);

describe("checkParent [PAR-1] [PAR-2]", () => {
    it("accepts a cluster as the guide describes it", () => assert.deepEqual(problems({}), []));

    it("accepts every release it knows while that is in standard support", () => {
        for (const [version, { standardSupportUntil }] of Object.entries(eksReleases)) {
            assert.deepEqual(
                problems({ version }, new Date(`${standardSupportUntil}T23:00:00Z`)),
                [],
            );
        }
        assert.ok(defaultEksVersion in eksReleases);
    });

    const refused: [title: string, facts: object, ...messages: string[]][] = [
        [
            "a misspelt version",
            { version: "1.36.1" },
            'version is "1.36.1", which is no version of Kubernetes that this package knows on EKS; use "1.36" or "1.35".',
        ],
        [
            "a name that EKS refuses",
            { clusterName: "karmada.parent" },
            'clusterName is "karmada.parent"; use 1 to 100 letters, digits, hyphens and underscores, the first a letter or digit.',
        ],
        [
            "a public endpoint for nobody",
            { publicAccessFrom: [] },
            "publicAccessFrom is empty; name the ranges from which the cluster is administered, or leave it out for a cluster that only its network reaches.",
        ],
        [
            "a public endpoint for everybody",
            { publicAccessFrom: ["0.0.0.0/0"] },
            'publicAccessFrom[0] is "0.0.0.0/0", which is everybody; name the ranges of those who need it, or set openToTheWorld to true.',
        ],
        [
            "private ranges for a public endpoint",
            { publicAccessFrom: ["10.0.0.0/8"] },
            'publicAccessFrom[0] is "10.0.0.0/8", which is private; from the network itself the cluster is reached anyway, name public ranges.',
        ],
        [
            "a cluster that nobody administers",
            { admins: [] },
            "admins is empty; name the roles of those who run pulumi up, and of who else administers the cluster: having made it gives nobody a right.",
        ],
        [
            "somebody twice",
            { viewers: [role("platform")] },
            `viewers[0] is "${role("platform")}", as admins[0] is; name each once.`,
        ],
    ];
    for (const [title, facts, ...messages] of refused) {
        it(`refuses ${title}`, () => assert.deepEqual(problems(facts), messages));
    }

    it("refuses a version out of support, by the date", () => {
        assert.deepEqual(problems({ version: "1.35" }, new Date("2027-03-28T00:00:00Z")), [
            'version is "1.35", which is out of standard support since 2027-03-27, and in extended support, which costs more, until 2028-03-27; use "1.36".',
        ]);
        assert.deepEqual(problems({}, new Date("2030-01-01T00:00:00Z")), [
            'version is "1.36", which EKS has not supported since 2028-08-02; use a later release of this package, which knows newer ones.',
        ]);
    });

    it("tells releases that it makes no clusters of from misspelt ones", () => {
        const why = (version: string) => problems({ version })[0]!.split("; use")[0];
        assert.deepEqual(["1.34", "1.33", "1.30"].map(why), [
            'version is "1.34", which this package makes no clusters of; its standard support ends on 2026-12-02',
            'version is "1.33", which is out of standard support since 2026-07-29, and in extended support, which costs more, until 2027-07-29',
            'version is "1.30", which EKS has not supported since 2026-07-23',
        ]);
    });

    it("opens to everybody when that is asked for by name", () => {
        const facts = { publicAccessFrom: ["0.0.0.0/0"], openToTheWorld: true };
        assert.deepEqual(problems(facts), []);
    });

    it("is not reached from public ranges under the name of private ones", () => {
        assert.deepEqual(problems({ privateAccessFrom: ["203.0.113.0/24", "10.0.0.1/16"] }), [
            'privateAccessFrom[1] is "10.0.0.1/16", which is an address within a range; use "10.0.0.0/16", or "/32" for one address.',
            'privateAccessFrom[0] is "203.0.113.0/24", which is no private range; name public ones as publicAccessFrom.',
        ]);
    });

    it("tells everything that is wrong at once", () => {
        const said = checkParent(
            {
                ...good,
                region: "x",
                clusterName: "",
                version: "latest",
                publicAccessFrom: ["x"],
                admins: ["me"],
                nodes: { ...nodeDefaults, count: 2 },
                logDays: 2,
                tags: { "aws:x": "" },
            },
            now,
        );
        assert.deepEqual(
            said.map(({ path }) => path),
            [
                "region",
                "clusterName",
                "version",
                "publicAccessFrom[0]",
                "admins[0]",
                "nodes.count",
                "logDays",
                'tags["aws:x"]',
            ],
        );
    });
});

describe("an existing parent cluster", () => {
    it("is named, with the groups of its nodes, and nothing else is said", () => {
        const existing = { clusterName: "mine", nodeGroups: ["main"] };
        assert.deepEqual(checkExistingParent("eu-central-1", existing, []), []);
        const said = checkExistingParent("x", { clusterName: "", nodeGroups: [] }, ["version"]);
        assert.deepEqual(
            said.map(({ path }) => path),
            ["region", "existing.clusterName", "existing.nodeGroups", "version"],
        );
    });

    const found = {
        name: "mine",
        status: "ACTIVE",
        accessConfigs: [{ authenticationMode: "API" }],
    };

    it("works, and takes access entries", () => {
        assert.deepEqual(checkFoundCluster("existing.clusterName", found), []);
        assert.deepEqual(
            checkFoundCluster("existing.clusterName", { ...found, status: "CREATING" }),
            [
                {
                    path: "existing.clusterName",
                    message: 'is "mine", which is CREATING; wait until it is ACTIVE.',
                },
            ],
        );
        const old = { ...found, accessConfigs: [{ authenticationMode: "CONFIG_MAP" }] };
        assert.deepEqual(checkFoundCluster("existing.clusterName", old), [
            {
                path: "existing.clusterName",
                message:
                    'is "mine", which takes no access entries; set its authentication mode to API or API_AND_CONFIG_MAP.',
            },
        ]);
    });
});
