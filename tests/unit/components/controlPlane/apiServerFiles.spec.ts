import assert from "node:assert/strict";
import {
    auditPolicy,
    authenticationConfiguration,
    encryptionConfiguration,
} from "../../../../components/controlPlane/apiServerFiles";

interface Rule {
    readonly level: string;
    readonly verbs?: readonly string[];
    readonly resources?: readonly { group: string; resources: readonly string[] }[];
    readonly nonResourceURLs?: readonly string[];
}

/** As the API server decides: the first rule that fits. */
function levelOf(verb: string, group: string, resource: string): string | undefined {
    const fits = ({ verbs, resources, nonResourceURLs }: Rule) =>
        nonResourceURLs === undefined &&
        (verbs?.includes(verb) ?? true) &&
        (resources?.some((each) => each.group === group && each.resources.includes(resource)) ??
            true);
    return (auditPolicy.rules as readonly Rule[]).find(fits)?.level;
}

describe("the audit log of Karmada's API server", () => {
    it("never has the content of Secrets, tokens, or what is on its way to a member", () => {
        const hidden = [
            ["", "secrets"],
            ["", "serviceaccounts/token"],
            ["authentication.k8s.io", "tokenreviews"],
            ["work.karmada.io", "works"],
            ["work.karmada.io", "works/status"],
        ] as const;
        for (const [group, resource] of hidden) {
            assert.equal(levelOf("create", group, resource), "Metadata", resource);
            assert.equal(levelOf("patch", group, resource), "Metadata", resource);
        }
    });

    it("has what was sent to change anything else, and nothing of leader election", () => {
        assert.equal(levelOf("create", "policy.karmada.io", "propagationpolicies"), "Request");
        assert.equal(levelOf("list", "policy.karmada.io", "propagationpolicies"), "Metadata");
        assert.equal(levelOf("update", "coordination.k8s.io", "leases"), "None");
    });
});

describe("what Karmada's etcd stores encrypted", () => {
    it("are Secrets and Works, with the first key, and readable with every key or none", () => {
        const keys = [2, 1].map((each) => ({ name: `generation-${each}`, secret: "x" }));
        assert.deepEqual(encryptionConfiguration(keys).resources, [
            {
                resources: ["secrets", "works.work.karmada.io"],
                providers: [{ secretbox: { keys } }, { identity: {} }],
            },
        ]);
    });
});

describe("people's sign-in to Karmada", () => {
    const issuer = {
        url: "https://id.example.com",
        audiences: ["karmada"],
        usernameClaim: "email",
        usernamePrefix: "people:",
    };

    it("puts the prefix before names and groups, so that they are nobody else's", () => {
        const { jwt } = authenticationConfiguration([{ ...issuer, groupsClaim: "groups" }]);
        assert.deepEqual(jwt, [
            {
                issuer: { url: "https://id.example.com", audiences: ["karmada"] },
                claimMappings: {
                    username: { claim: "email", prefix: "people:" },
                    groups: { claim: "groups", prefix: "people:" },
                },
            },
        ]);
    });

    it("says how several audiences match, without which the API server does not start", () => {
        const [first] = authenticationConfiguration([{ ...issuer, audiences: ["a", "b"] }]).jwt;
        assert.equal(first!.issuer.audienceMatchPolicy, "MatchAny");
    });

    it("leaves those without credentials nothing but health", () => {
        const { anonymous } = authenticationConfiguration([]);
        const paths = ["/livez", "/readyz", "/healthz"].map((path) => ({ path }));
        assert.deepEqual(anonymous, { enabled: true, conditions: paths });
    });
});
