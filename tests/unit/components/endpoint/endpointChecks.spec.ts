import assert from "node:assert/strict";
import { checkEndpoint, type EndpointFacts } from "../../../../components/endpoint/endpointChecks";

const good: EndpointFacts = {
    loadBalancerName: "karmada-lb",
    port: 32443,
    groups: 1,
    allowedRanges: ["10.0.0.0/8"],
    openToTheWorld: false,
    tags: {},
};
const problems = (facts: object) =>
    checkEndpoint({ ...good, ...facts }).map(({ path, message }) => `${path} ${message}`);
const dns = (zone: unknown, name: unknown) => ({ dns: { zoneId: "Z1", zone, name } });

describe("checkEndpoint [LB-1] [LB-2]", () => {
    it("accepts what the guide describes, and a name in a zone", () => {
        assert.deepEqual(problems({}), []);
        assert.deepEqual(problems(dns("example.com", "karmada.example.com")), []);
        assert.deepEqual(problems({ allowedRanges: ["0.0.0.0/0"], openToTheWorld: true }), []);
    });

    const refused: [title: string, facts: object, message: string][] = [
        [
            "nobody as its clients",
            { allowedRanges: [] },
            "allowedRanges is empty, and so nobody could reach Karmada; name the ranges of members that pull, and of people.",
        ],
        [
            "everybody as its clients",
            { allowedRanges: ["0.0.0.0/0"] },
            'allowedRanges[0] is "0.0.0.0/0", which is everybody; name the ranges of those who need it, or set openToTheWorld to true.',
        ],
        [
            "more ranges than a security group takes",
            { allowedRanges: Array.from({ length: 51 }, (_, at) => `10.${at}.0.0/16`) },
            "allowedRanges has 51 ranges; use 50 at most, and larger ones.",
        ],
        [
            "a name that AWS refuses",
            { loadBalancerName: "internal-karmada" },
            'loadBalancerName is "internal-karmada"; use 1 to 32 letters, digits and inner hyphens, and not "internal-" in front.',
        ],
        [
            "a port that nodes do not open",
            { port: 443 },
            "port is 443; use a port that Kubernetes opens on nodes, from 30000 to 32767: the control plane's nodePort.",
        ],
        [
            "nodes that are nowhere",
            { groups: 0 },
            "autoscalingGroupNames is empty; pass on those of the parent cluster: the nodes are found by them.",
        ],
        [
            "a name that is not in the zone",
            dns("example.com", "karmada.example.org"),
            'dns.name is "karmada.example.org", which is not in the zone "example.com"; use a name such as "karmada.example.com", or the zone that it is in.',
        ],
        [
            "a name that only ends like one in the zone",
            dns("example.com", "karmada-example.com"),
            'dns.name is "karmada-example.com", which is not in the zone "example.com"; use a name such as "karmada.example.com", or the zone that it is in.',
        ],
        [
            "the zone itself",
            dns("example.com", "example.com"),
            'dns.name is "example.com", which is the zone itself; use a name in it, such as "karmada.example.com".',
        ],
        [
            "a wildcard",
            dns("example.com", "*.example.com"),
            'dns.name is "*.example.com"; use a name in lower case, without wildcard and final dot, such as "karmada.example.com".',
        ],
        [
            "a zone with its final dot",
            dns("example.com.", "karmada.example.com"),
            'dns.zone is "example.com."; use a name in lower case, without wildcard and final dot, such as "karmada.example.com".',
        ],
    ];
    for (const [title, facts, message] of refused) {
        it(`refuses ${title}`, () => assert.deepEqual(problems(facts), [message]));
    }
});
