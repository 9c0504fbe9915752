import assert from "node:assert/strict";
import { checkMember, type MemberFacts } from "../../../../components/member/memberChecks";
import { checkMemberName, suggestMemberName } from "../../../../components/member/memberName";

const rule = "a member's name has 1 to 48 characters, lower-case letters, digits and inner hyphens";

describe("checkMemberName", () => {
    for (const name of ["a", "7", "ekseucl01", "123-abc", "a--b", "a".repeat(48)]) {
        it(`accepts ${name} [MEM-3]`, () => assert.deepEqual(checkMemberName("x", name), []));
    }

    const refused: [title: string, name: unknown, message: string][] = [
        ["the empty name", "", `is ""; ${rule}.`],
        [
            "a name of 49 characters",
            "a".repeat(49),
            `is "${"a".repeat(49)}"; ${rule}, e.g. "${"a".repeat(48)}".`,
        ],
        ["capitals", "EKSEUCL01", `is "EKSEUCL01"; ${rule}, e.g. "ekseucl01".`],
        ["a dot", "a.b", `is "a.b"; ${rule}, e.g. "a-b".`],
        ["a leading hyphen", "-a", `is "-a"; ${rule}, e.g. "a".`],
        ["a trailing hyphen", "a-", `is "a-"; ${rule}, e.g. "a".`],
        ["a letter beyond ASCII", "clúster", `is "clúster"; ${rule}, e.g. "cluster".`],
        ["a name without any usable letter", "Ω", `is "Ω"; ${rule}.`],
        ["what is no text", 7, `is 7; ${rule}.`],
        [
            "an ARN, and suggests the cluster's name",
            "arn:aws:eks:eu-central-1:111122223333:cluster/My_Cluster",
            `is "arn:aws:eks:eu-central-1:111122223333:cluster/My_Cluster"; ${rule}, e.g. "my-cluster".`,
        ],
        [
            "a name that Karmada's own Secrets use",
            "one-impersonator",
            'is "one-impersonator"; Karmada itself uses names that end in "impersonator", choose another.',
        ],
    ];
    for (const [title, name, message] of refused) {
        it(`refuses ${title} [MEM-3]`, () =>
            assert.deepEqual(checkMemberName("clusterName", name), [
                { path: "clusterName", message },
            ]));
    }
});

describe("suggestMemberName", () => {
    it("takes the cluster's own name from a name that eksctl made [MEM-3]", () => {
        assert.equal(suggestMemberName("EKSUSMGT01.us-east-1.eksctl.io"), "eksusmgt01");
    });

    it("does not end in a hyphen when cut", () => {
        assert.equal(suggestMemberName(`${"a".repeat(47)}-b`), "a".repeat(47));
    });
});

describe("checkMember", () => {
    const good: MemberFacts = {
        clusterName: "one",
        mode: "push",
        apiEndpoint: "https://one.example.com:6443",
        provider: "aws",
        region: "eu-central-1",
        zones: ["eu-central-1a", "eu-central-1b"],
    };

    it("accepts a member of AWS, and one of nowhere in particular [MEM-4]", () => {
        assert.deepEqual(checkMember(good, false), []);
        assert.deepEqual(checkMember({ clusterName: "one", mode: "push" }, false), []);
        const other = { region: "basement", zones: ["rack-1", "rack.2"] };
        assert.deepEqual(checkMember({ ...good, ...other }, false), []);
    });

    it("accepts a local zone of the region [MEM-4]", () => {
        const local = { region: "us-west-2", zones: ["us-west-2-lax-1a"] };
        assert.deepEqual(checkMember({ ...good, ...local }, false), []);
    });

    const refused: [title: string, change: Partial<MemberFacts>, path: string, message: string][] =
        [
            [
                "pull without somebody to sign the agent's certificate",
                { mode: "pull" },
                "mode",
                'is "pull", which needs a certificate for the agent, and the connection to Karmada cannot sign one; give the connection a clientSigner, or use "push".',
            ],
            [
                "a mode that is none",
                { mode: "both" as never },
                "mode",
                'is "both"; use "push" or "pull".',
            ],
            [
                "an address without a scheme",
                { apiEndpoint: "one:6443" },
                "apiEndpoint",
                'is "one:6443"; use a URL such as "https://api.example.com:6443".',
            ],
            [
                "an address with a password",
                { apiEndpoint: "https://me:pw@one" },
                "apiEndpoint",
                'is "https://me:pw@one"; use a URL such as "https://api.example.com:6443".',
            ],
            [
                "a region with a blank",
                { region: "eu central", zones: [] },
                "region",
                'is "eu central"; use 1 to 63 letters, digits, and inner "-", "_" or ".".',
            ],
            [
                "an empty provider",
                { provider: "" },
                "provider",
                'is ""; use 1 to 63 letters, digits, and inner "-", "_" or ".".',
            ],
            [
                "a zone of another region",
                { zones: ["eu-central-1a", "eu-west-1a"] },
                "zones[1]",
                'is "eu-west-1a", which is not in region "eu-central-1".',
            ],
            [
                "a zone named twice",
                { zones: ["eu-central-1a", "eu-central-1a"] },
                "zones[1]",
                'is "eu-central-1a" again; name each zone once.',
            ],
        ];
    for (const [title, change, path, message] of refused) {
        it(`refuses ${title}`, () =>
            assert.deepEqual(checkMember({ ...good, ...change }, false), [{ path, message }]));
    }

    it("names every problem at once", () => {
        const bad = { clusterName: "", mode: "pull", region: "", zones: [""] } as const;
        const paths = checkMember(bad, false).map((problem) => problem.path);
        assert.deepEqual(paths, ["clusterName", "mode", "region", "zones[0]"]);
    });
});
