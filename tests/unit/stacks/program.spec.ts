import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { existingStack } from "../../../stacks/existing/program";
import type { ExistingSettings } from "../../../stacks/existing/settings";
import { StackFiles } from "../../../stacks/files";
import { readSettings } from "../../../stacks/settings";
import { sampleKubeconfig } from "../../support/kubeconfigs";
import { temporaryFolder } from "../../support/temporary";
import { bothModes, named, one, registeredBy, valueOf } from "../../support/mocks";

const settings: ExistingSettings = {
    kind: "existing",
    karmada: { kubeconfig: "karmada.yaml" },
    members: ["one", "two"].map((name) => ({
        name,
        mode: "push",
        kubeconfig: `${name}.yaml`,
        region: "eu-central-1",
        zones: ["eu-central-1a"],
    })),
    workloads: [
        {
            name: "nginx",
            namespace: "sample",
            image: "nginx:1",
            replicas: 4,
            weights: { one: 1, two: 1 },
            policy: "sample-propagation",
        },
    ],
};

describe("the stack of an existing Karmada", () => {
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "stack-"));
        for (const name of ["karmada", "one", "two"]) {
            writeFileSync(join(folder, `${name}.yaml`), sampleKubeconfig(`https://${name}`));
        }
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const stack = (changed: Partial<ExistingSettings> = {}) =>
        existingStack({ ...settings, ...changed }, new StackFiles(folder));

    for (const { mode, preview } of bothModes) {
        it(`joins the members and deploys the workloads (${mode})`, async () => {
            const { all, result } = await registeredBy(stack, { preview });
            const component = "pulumi-karmada-eks:index:";
            assert.deepEqual(named(all, `${component}MemberCluster`), ["one", "two"]);
            assert.deepEqual(named(all, `${component}WeightedWorkload`), ["nginx"]);
            const namespace = one(all, "sample");
            assert.equal(namespace.type, "kubernetes:core/v1:Namespace");
            assert.equal(namespace.provider, "karmada-provider");
            assert.deepEqual(result.members, [
                { name: "one", mode: "push", region: "eu-central-1", zones: ["eu-central-1a"] },
                { name: "two", mode: "push", region: "eu-central-1", zones: ["eu-central-1a"] },
            ]);
            assert.deepEqual(await valueOf(result.workloads[0]!), {
                namespace: "sample",
                name: "nginx",
                replicas: 4,
                predicted: [{ one: 2, two: 2 }],
            });
        });
    }

    it("makes a namespace once for all workloads in it", async () => {
        const [first] = settings.workloads;
        const workloads = [first!, { ...first!, name: "other", policy: undefined }];
        const { all } = await registeredBy(() => stack({ workloads }));
        assert.equal(all.filter((each) => each.name === "sample").length, 1);
    });

    it("names every file that is not there or no kubeconfig, and makes nothing", async () => {
        rmSync(join(folder, "karmada.yaml"));
        writeFileSync(join(folder, "one.yaml"), "current-context: x");
        rmSync(join(folder, "two.yaml"));
        mkdirSync(join(folder, "two.yaml"));
        const { all } = await registeredBy(() =>
            assert.throws(() => stack(), {
                name: "Error",
                message: [
                    "Pulumi.test.yaml:",
                    '  - pulumi-karmada-eks:karmada.kubeconfig names "karmada.yaml", which does not exist; it is looked for from the project\'s folder.',
                    '  - pulumi-karmada-eks:members[0].kubeconfig names "one.yaml", which has the current context "x", but no context of that name.',
                    '  - pulumi-karmada-eks:members[1].kubeconfig names "two.yaml", which is a folder.',
                ].join("\n"),
            }),
        );
        assert.deepEqual(all, []);
    });
});

describe("readSettings", () => {
    const folder = temporaryFolder();
    for (const name of ["karmada", "one", "two"]) {
        writeFileSync(join(folder, `${name}.yaml`), sampleKubeconfig(`https://${name}`));
    }

    it("reads mappings and lists that the engine passes as JSON", async () => {
        const config = {
            "pulumi-karmada-eks:kind": settings.kind,
            "pulumi-karmada-eks:karmada": JSON.stringify(settings.karmada),
            "pulumi-karmada-eks:members": JSON.stringify(settings.members),
            "pulumi-karmada-eks:workloads": JSON.stringify(settings.workloads),
        };
        const { result } = await registeredBy(() => readSettings(new StackFiles(folder)), {
            config,
        });
        assert.deepEqual(JSON.parse(JSON.stringify(result)), settings);
    });

    it("names the stack file in its one message", async () => {
        const config = {
            "pulumi-karmada-eks:kind": "existing",
            "pulumi-karmada-eks:karmada": "{ broken",
        };
        await registeredBy(
            () =>
                assert.throws(() => readSettings(new StackFiles()), {
                    message: [
                        "Pulumi.dev.yaml:",
                        '  - pulumi-karmada-eks:karmada is "{ broken"; write keys and their values, indented below it.',
                        "  - pulumi-karmada-eks:members is missing; list the members, each with a name, a mode, and where it is.",
                        "  - pulumi-karmada-eks:workloads is missing; list the workloads, each with a name, or write [] for none.",
                    ].join("\n"),
                }),
            { config, stack: "dev" },
        );
    });
});
