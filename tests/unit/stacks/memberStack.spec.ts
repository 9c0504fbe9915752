import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StackFiles } from "../../../stacks/files";
import { memberStack } from "../../../stacks/member/program";
import { sampleKubeconfig, sampleSigner } from "../../support/kubeconfigs";
import {
    bothModes,
    isSecret,
    type MockOptions,
    named,
    one,
    type Registered,
    registeredBy,
} from "../../support/mocks";
import { onAmazon } from "./amazonMocks";
import { changed, type Config, configOf, problemsOf, settingsOf } from "./stackFiles";

const p = "pulumi-karmada-eks";
const spoke = configOf("examples/memberStack/Pulumi.spoke.yaml");
const reference = "pulumi:pulumi:StackReference";

/** What the hub puts out; secret, if it is put out as the program does it. */
interface Hub {
    readonly connection?: object;
    readonly secret?: boolean;
}

describe("the stack of members of another stack's Karmada", () => {
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "stack-"));
        writeFileSync(join(folder, "one.yaml"), sampleKubeconfig("https://one"));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const connection = { kubeconfig: sampleKubeconfig("https://hub.example.com") };

    const stack = (config: Config) =>
        memberStack(settingsOf("member", config), new StackFiles(folder));

    function beside({ connection, secret = true }: Hub, preview = false): MockOptions {
        const amazon = onAmazon(preview);
        const secretOutputNames = secret ? ["connection"] : [];
        const outputs = (resource: Registered) =>
            resource.type === reference
                ? { outputs: { connection, other: "1" }, secretOutputNames }
                : amazon.outputs!(resource);
        return { ...amazon, outputs };
    }

    for (const { mode, preview } of bothModes) {
        it(`joins what the example says to the hub's Karmada (${mode}) [MEM-4]`, async () => {
            const { all, result } = await registeredBy(
                () => stack(spoke),
                beside({ connection }, preview),
            );
            assert.deepEqual(named(all, reference), ["organization/pulumi-karmada-eks/prod"]);
            assert.deepEqual(named(all, "pulumi:providers:aws"), ["aws-eu-west-1"]);
            assert.deepEqual(named(all, `${p}:index:MemberCluster`), ["payments01"]);
            assert.deepEqual(named(all, `${p}:index:WeightedWorkload`), ["web"]);
            assert.equal(isSecret(one(all, "karmada-provider").inputs.kubeconfig), true);
            const { members } = await result;
            assert.deepEqual(members, [
                {
                    name: "payments01",
                    mode: "push",
                    region: "eu-west-1",
                    zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
                },
            ]);
        });
    }

    it("joins by pull where the hub lets it", async () => {
        const clientSigner = sampleSigner;
        const exported = { connection: { ...connection, clientSigner } };
        const { all } = await registeredBy(() => stack(pulling()), beside(exported));
        assert.deepEqual(named(all, "kubernetes:apps/v1:Deployment"), ["one-agent"]);
    });

    const hub = `Pulumi.test.yaml:\n  - ${p}:hub is "organization/pulumi-karmada-eks/prod"`;
    const refused: [title: string, config: Config, hub: Hub, message: string][] = [
        [
            "a hub that exports no connection",
            spoke,
            {},
            `${hub}, which does not export the output "connection"; set spokes to push or pull there, and run "pulumi up".`,
        ],
        [
            "a hub that shows its connection to everybody",
            spoke,
            { connection, secret: false },
            `${hub}, whose output "connection" is no secret; have it put out by this program, which encrypts it.`,
        ],
        [
            "pull from a hub that is for push only",
            pulling(),
            { connection },
            `${hub}, which lets members join by push only; set spokes to pull there, or mode to push here.`,
        ],
    ];
    for (const [title, config, exported, message] of refused) {
        it(`refuses ${title}, before it makes anything`, async () => {
            const { all } = await registeredBy(
                () => assert.rejects(stack(config), { message }),
                beside(exported),
            );
            assert.deepEqual(
                all.map(({ type }) => type),
                [reference],
            );
        });
    }

    const problems: [title: string, config: Config, problem: string][] = [
        [
            "half the name of a stack",
            changed(spoke, "hub", "prod"),
            `${p}:hub is "prod"; use the full name of a stack, such as "acme/pulumi-karmada-eks/prod", or "organization/pulumi-karmada-eks/prod" in a backend of your own.`,
        ],
        [
            "a network that is joined with one of another stack",
            changed(spoke, "members", [
                {
                    name: "payments01",
                    mode: "push",
                    region: "eu-west-1",
                    zones: ["a", "b", "c"].map((letter) => `eu-west-1${letter}`),
                    newCluster: {
                        cidr: "10.20.0.0/16",
                        peered: true,
                        publicAccessFrom: ["203.0.113.0/24"],
                        admins: ["arn:aws:iam::111122223333:role/payments"],
                    },
                },
            ]),
            `${p}:members[0].newCluster.peered is not a key of this program; the keys here are: admins, cidr, deletionProtection, flowLogDays, interfaceEndpoints, keepVolumes, logDays, nat, nodes, oidcProvider, openToTheWorld, privateAccessFrom, publicAccessFrom, version, viewers.`,
        ],
        [
            "protection of what it does not make",
            changed(spoke, "protect", ["parent"]),
            `${p}:protect[0] is "parent"; use members.`,
        ],
    ];
    for (const [title, config, problem] of problems) {
        it(`may not have ${title}`, () => assert.deepEqual(problemsOf(config), [problem]));
    }
});

/** A cluster outside AWS that calls the hub itself. */
function pulling(): Config {
    const members = [{ name: "one", mode: "pull", kubeconfig: "one.yaml" }];
    return changed(changed(spoke, "members", members), "workloads", undefined);
}
