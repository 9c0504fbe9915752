import assert from "node:assert/strict";
import { type Config, configOf, problemsOf, settingsOf } from "./stackFiles";

const p = "pulumi-karmada-eks";

function goodMember(): Config {
    return { name: "one", mode: "push", kubeconfig: "one.yaml", region: "eu-central-1" };
}

function goodWorkload(): Config {
    const weights = { one: 1 };
    return { name: "nginx", namespace: "sample", image: "nginx:1", replicas: 2, weights };
}

function good(): Config {
    return {
        [`${p}:kind`]: "existing",
        [`${p}:karmada`]: { kubeconfig: "karmada.yaml" },
        [`${p}:members`]: [goodMember()],
        [`${p}:workloads`]: [goodWorkload()],
    };
}

function withMember(change: Config): Config {
    return { ...good(), [`${p}:members`]: [{ ...goodMember(), ...change }] };
}

function withoutProject(config: Config): Config {
    return Object.fromEntries(
        Object.entries(config).map(([key, value]) => [key.slice(p.length + 1), value]),
    );
}

function withWorkload(change: Config): Config {
    return { ...good(), [`${p}:workloads`]: [{ ...goodWorkload(), ...change }] };
}

describe("parseSettings", () => {
    it("accepts the stack file of the local federation, with its 12 replicas [WRK-1]", () => {
        const settings = settingsOf("existing", configOf("Pulumi.local.yaml"));
        const { members, workloads, karmada } = settings;
        assert.deepEqual(
            members.map(({ name, mode, region }) => [name, mode, region]),
            [
                ["ekseucl01", "push", "eu-central-1"],
                ["ekseucl02", "push", "eu-central-1"],
                ["eksuscl01", "pull", "us-east-1"],
            ],
        );
        assert.deepEqual(workloads[0]?.weights, { ekseucl01: 1, ekseucl02: 1, eksuscl01: 2 });
        assert.equal(workloads[0]?.replicas, 12);
        assert.equal(workloads[0]?.policy, "sample-propagation");
        assert.equal(karmada.clientSigner?.privateKey, ".local/pki/ca.key");
    });

    it("leaves the keys of other projects and providers alone", () => {
        assert.deepEqual(problemsOf({ ...good(), "aws:region": "eu-central-1" }), []);
    });

    const refused: [title: string, config: Config, problems: string[]][] = [
        [
            "an empty file, of which nothing more can be said",
            {},
            [`${p}:kind is missing; use existing, aws or member.`],
        ],
        [
            "a file with nothing but its kind, key by key",
            { [`${p}:kind`]: "existing" },
            [
                `${p}:karmada.kubeconfig is missing; name the file of an administrator's kubeconfig.`,
                `${p}:members is missing; list the members, each with a name, a mode, and where it is.`,
                `${p}:workloads is missing; list the workloads, each with a name, or write [] for none.`,
            ],
        ],
        [
            "a key that is nearly right",
            { ...good(), [`${p}:member`]: [] },
            [`${p}:member is not a key of this program; did you mean "members"?`],
        ],
        [
            "a key that means nothing",
            { ...good(), [`${p}:colour`]: "blue" },
            [
                `${p}:colour is not a key of this program; the keys here are: karmada, kind, members, workloads.`,
            ],
        ],
        [
            "an unknown key of a member",
            withMember({ zone: "a" }),
            [`${p}:members[0].zone is not a key of this program; did you mean "zones"?`],
        ],
        [
            "keys without the project's name, each once",
            { ...withoutProject(good()), colour: "blue" },
            [
                `${p}:colour is not a key of this program; the keys here are: karmada, kind, members, workloads.`,
                `kind is a key of no project; write "${p}:kind".`,
                `karmada is a key of no project; write "${p}:karmada".`,
                `members is a key of no project; write "${p}:members".`,
                `workloads is a key of no project; write "${p}:workloads".`,
            ],
        ],
        [
            "a kind of stack that there is not",
            { ...good(), [`${p}:kind`]: "exsting" },
            [`${p}:kind is "exsting"; did you mean "existing"?`],
        ],
        [
            "a mode that there is not",
            withMember({ mode: "shove" }),
            [`${p}:members[0].mode is "shove"; use push or pull.`],
        ],
        [
            "pull without a signer",
            withMember({ mode: "pull" }),
            [
                `${p}:members[0].mode is "pull", which needs a certificate for the agent, and the connection to Karmada cannot sign one; give the connection a clientSigner, or use "push".`,
            ],
        ],
        [
            "half a signer",
            {
                ...good(),
                [`${p}:karmada`]: { kubeconfig: "k", clientSigner: { certificate: "c" } },
            },
            [
                `${p}:karmada.clientSigner.privateKey is missing; name the file of the authority's private key.`,
            ],
        ],
        [
            "a list where a mapping belongs",
            { ...good(), [`${p}:karmada`]: ["k"] },
            [`${p}:karmada is ["k"]; write keys and their values, indented below it.`],
        ],
        [
            "zones that are no list",
            withMember({ zones: "eu-central-1a" }),
            [`${p}:members[0].zones is "eu-central-1a"; write a list, such as ["eu-central-1a"].`],
        ],
        [
            "a name that Karmada refuses, under the key of the file [MEM-3]",
            { ...withMember({ name: "One" }), [`${p}:workloads`]: [] },
            [
                `${p}:members[0].name is "One"; a member's name has 1 to 48 characters, lower-case letters, digits and inner hyphens, e.g. "one".`,
            ],
        ],
        [
            "two members of one name [MEM-3]",
            { ...good(), [`${p}:members`]: [goodMember(), goodMember()] },
            [`${p}:members[1].name is "one" again; each member needs its own.`],
        ],
        [
            "two workloads of one name",
            { ...good(), [`${p}:workloads`]: [goodWorkload(), goodWorkload()] },
            [`${p}:workloads[1].name is "nginx" again; each workload needs its own.`],
        ],
        [
            "two workloads with one policy in one namespace",
            {
                ...good(),
                [`${p}:workloads`]: ["nginx", "web"].map((name) => ({
                    ...goodWorkload(),
                    name,
                    policy: "shared",
                })),
            },
            [`${p}:workloads[1].policy is "shared" again in namespace "sample"; leave it out.`],
        ],
        [
            "the namespace that every cluster has",
            withWorkload({ namespace: "default" }),
            [
                `${p}:workloads[0].namespace is "default"; name one of its own, which this stack makes.`,
            ],
        ],
        [
            "an empty name, whose weight is then nobody's mistake",
            withMember({ name: "" }),
            [`${p}:members[0].name is empty; give it a name for Karmada, such as "ekseucl01".`],
        ],
        [
            "replicas in quotes",
            withWorkload({ replicas: "12" }),
            [`${p}:workloads[0].replicas is "12"; write the number without quotes.`],
        ],
        [
            "half a replica",
            withWorkload({ replicas: 1.5 }),
            [`${p}:workloads[0].replicas is 1.5; use a whole number from 0 to 1000000.`],
        ],
        [
            "everything that is wrong with one workload, at once",
            withWorkload({ image: 7, replicas: -1, policy: "Sample", weights: { two: 0 } }),
            [
                `${p}:workloads[0].image is 7; YAML takes that for a number, so write it in quotes.`,
                `${p}:workloads[0].policy is "Sample"; use 1 to 63 characters, lower-case letters, digits and inner hyphens.`,
                `${p}:workloads[0].replicas is -1; use a whole number from 0 to 1000000.`,
                `${p}:workloads[0].weights.two is 0; leave the member out, or use a whole number from 1.`,
                `${p}:workloads[0].weights.two names no member; the members are: one.`,
            ],
        ],
        [
            "everything that is wrong with one member, at once",
            {
                ...withMember({
                    name: "One",
                    mode: true,
                    kubeconfig: undefined,
                    zones: ["a", "a"],
                }),
                [`${p}:workloads`]: [],
            },
            [
                `${p}:members[0].mode is true; YAML takes that for true or false, so write it in quotes.`,
                `${p}:members[0].kubeconfig is missing; name the file of an administrator's kubeconfig.`,
                `${p}:members[0].name is "One"; a member's name has 1 to 48 characters, lower-case letters, digits and inner hyphens, e.g. "one".`,
                `${p}:members[0].zones[1] is "a" again; name each zone once.`,
            ],
        ],
        [
            "a zone with a letter that AWS has nowhere",
            withMember({ zones: ["eu-central-1x"] }),
            [
                `${p}:members[0].zones[0] is "eu-central-1x", and Amazon's zones end in a to f; use one of "eu-central-1", such as "eu-central-1a".`,
            ],
        ],
        [
            "a weight in quotes",
            withWorkload({ weights: { one: "1" } }),
            [`${p}:workloads[0].weights.one is "1"; use a whole number from 1.`],
        ],
        [
            "a weight for an unknown member",
            withWorkload({ weights: { two: 1 } }),
            [`${p}:workloads[0].weights.two names no member; the members are: one.`],
        ],
        [
            "a policy's name with capitals, under the key of the file",
            withWorkload({ policy: "Sample" }),
            [
                `${p}:workloads[0].policy is "Sample"; use 1 to 63 characters, lower-case letters, digits and inner hyphens.`,
            ],
        ],
    ];
    for (const [title, config, problems] of refused) {
        it(`refuses ${title}`, () => assert.deepEqual(problemsOf(config), problems));
    }
});
