import assert from "node:assert/strict";
import * as path from "node:path";
import type { KubeClient } from "../../local/kube";
import { readStatus } from "../../local/status";
import { UserError } from "../../local/support/errors";
import { silent } from "../../local/support/progress";
import { LeftoverRecord, tearDown } from "../../local/teardown";
import { Environment, type StackSettings } from "../support/environment";
import { eventually } from "../support/eventually";
import { generateWorkloads } from "../support/generatedWorkloads";
import { type Inventories, inventoriesOf, inventoryOf } from "../support/inventory";

describe("the program on a real Karmada", () => {
    let environment: Environment;
    let settings: Readonly<StackSettings>;
    let clusters: Readonly<Record<string, KubeClient>>;
    let untouched: Inventories;

    before("start a federation", async function () {
        this.timeout(60 * 60_000);
        environment = await Environment.start();
        settings = environment.settings;
        clusters = Object.fromEntries(
            ["karmada", ...environment.members].map((name) => [name, environment.client(name)]),
        );
        untouched = await inventoriesOf(environment);
    });

    after("stop it", async () => {
        await Promise.all(Object.values(clusters ?? {}).map((client) => client.close()));
        await environment?.stop();
    });

    const withWeights = (weights: Record<string, number>): StackSettings => ({
        ...settings,
        workloads: [{ ...settings.workloads[0], weights }],
    });

    /** Ready replicas of the sample, asked of each member itself, not of Karmada. */
    const runningInMembers = (): Promise<Record<string, number>> =>
        readyReplicas({ namespace: "sample", name: "nginx" });

    async function readyReplicas(workload: { namespace: string; name: string }) {
        const counts = environment.members.map(async (member) => {
            const ref = { apiVersion: "apps/v1", kind: "Deployment", ...workload };
            const deployment = await clusters[member]!.get(ref);
            const { readyReplicas = 0 } = (deployment?.status ?? {}) as { readyReplicas?: number };
            return [member, readyReplicas] as const;
        });
        return Object.fromEntries(await Promise.all(counts));
    }

    const sampleRuns = (...expected: [number, number, number]) =>
        eventually("the division", async () => {
            assert.deepEqual(Object.values(await runningInMembers()), expected);
        });

    it("the first preview predicts the division before anything exists [WRK-1]", async () => {
        const preview = await environment.pulumi(settings, "preview");
        assert.match(preview, /ekseucl01: 3\s+ekseucl02: 3\s+eksuscl01: 6/);
        assert.deepEqual(await inventoriesOf(environment), untouched);
    });

    it("members join by push and by pull and are ready [MEM-1] [MEM-2] [MEM-6]", async () => {
        await environment.up(settings);
        const { members } = await readStatus(clusters.karmada!);
        assert.deepEqual(members, [
            { name: "ekseucl01", mode: "push", ready: true, region: "eu-central-1" },
            { name: "ekseucl02", mode: "push", ready: true, region: "eu-central-1" },
            { name: "eksuscl01", mode: "pull", ready: true, region: "us-east-1" },
        ]);
    });

    it("12 replicas by 1 : 1 : 2 run 3 / 3 / 6 [WRK-1]", () => sampleRuns(3, 3, 6));

    it("a second up changes nothing", async () => {
        await environment.up(settings, "--expect-no-changes");
    });

    it("a preview of new weights shows the new division and changes nothing", async () => {
        const even = withWeights({ ekseucl01: 1, ekseucl02: 1, eksuscl01: 1 });
        const preview = await environment.pulumi(even, "preview", "--diff");
        assert.match(preview, /eksuscl01: 6 => 4/);
        await sampleRuns(3, 3, 6);
    });

    it("new weights move the replicas", async () => {
        await environment.up(withWeights({ ekseucl01: 1, ekseucl02: 1, eksuscl01: 1 }));
        await sampleRuns(4, 4, 4);
    });

    it("a member without a weight runs none", async () => {
        await environment.up(withWeights({ ekseucl01: 1, eksuscl01: 2 }));
        await sampleRuns(4, 0, 8);
    });

    describe("what is predicted is what Karmada does [WRK-1]", () => {
        const count = 60;

        /** All of them in one program, so that the engine runs twice and not sixty times. */
        async function deployAndCompare(seed: number): Promise<void> {
            const generated = generateWorkloads(environment.members, count, seed);
            const workloads = generated.map((workload) => ({
                ...workload,
                namespace: "sample",
                image: "nginx:1.29.1",
            }));
            await environment.up({ ...settings, workloads });
            const shown = JSON.parse(
                await environment.pulumi(settings, "stack", "output", "--json"),
            ) as { workloads: { name: string; predicted: Record<string, number>[] }[] };
            await eventually("the division", async () => {
                const status = await readStatus(clusters.karmada!);
                const decided = status.workloads.map(({ name, members }) => [
                    name,
                    Object.fromEntries(
                        members
                            .filter(({ wanted }) => wanted > 0)
                            .map(({ cluster, wanted }) => [cluster, wanted]),
                    ),
                ]);
                const predicted = shown.workloads.map(({ name, predicted }) => {
                    assert.equal(predicted.length, 1, `${name} exists, so its division is certain`);
                    return [name, predicted[0]];
                });
                assert.deepEqual(Object.fromEntries(decided), Object.fromEntries(predicted));
            });
        }

        it(`for ${count} generated workloads`, function () {
            this.timeout(600_000);
            return deployAndCompare(1);
        });

        it("and again when each of them gets other replicas and weights", function () {
            this.timeout(600_000);
            return deployAndCompare(2);
        });
    });

    it("a member that leaves is left clean, the others go on [MEM-6]", async () => {
        const stays = (member: Record<string, unknown>) => member.name !== "eksuscl01";
        const without = withWeights({ ekseucl01: 1, ekseucl02: 1 });
        await environment.up({ ...without, members: settings.members.filter(stays) });
        assert.deepEqual(await inventoryOf(clusters.eksuscl01!), untouched.eksuscl01);
        await sampleRuns(6, 6, 0);
    });

    it("and can come back", async () => {
        await environment.up(settings);
        await sampleRuns(3, 3, 6);
    });

    describe("a teardown [END-1]", () => {
        const told: string[] = [];
        const teardown = async (confirm: () => Promise<void>) => {
            const { stateDir } = environment;
            return tearDown({
                stack: "local",
                engine: await environment.engine(settings),
                record: new LeftoverRecord("local", path.join(stateDir, "teardown")),
                progress: silent,
                say: (text) => told.push(text),
                confirm,
            });
        };
        const agreed = async () => {};

        it("shows what goes, and touches nothing without consent", async () => {
            const before = await inventoriesOf(environment);
            await assert.rejects(
                teardown(() => Promise.reject(new UserError("No."))),
                /No\./,
            );

            assert.match(told.join("\n"), /^ekseucl01 +MemberCluster +\d+$/m);
            assert.match(told.join("\n"), /^Nothing stays\.$/m);
            assert.deepEqual(await inventoriesOf(environment), before);
        });

        it("takes workloads and members back and leaves every cluster clean", async () => {
            await teardown(agreed);

            const { members, workloads } = await readStatus(clusters.karmada!);
            assert.deepEqual([...members, ...workloads], []);
            assert.deepEqual(await inventoriesOf(environment), untouched);
        });

        it("finds nothing to do the next time", async () => {
            await teardown(agreed);

            assert.match(told.at(-1)!, /^Nothing is left of stack local/);
        });
    });
});
