import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as k8s from "@pulumi/kubernetes";
import { existingKarmada, WeightedWorkload } from "../../components";
import { layoutOf } from "../../local/federation";
import type { KubeClient, ObjectRef } from "../../local/kube";
import { readStatus } from "../../local/status";
import { failureOf } from "../conformance/serving";
import { Environment } from "../support/environment";
import { eventually } from "../support/eventually";
import { homeWithProvider, inlineStack } from "../support/inlineStack";
import { type Inventories, inventoriesOf, inventoryOf } from "../support/inventory";
import { operationsOf } from "../support/operations";
import { temporaryFolder } from "../support/temporary";

const policy: ObjectRef = {
    apiVersion: "policy.karmada.io/v1alpha1",
    kind: "PropagationPolicy",
    namespace: "sample",
    name: "sample-propagation",
};
const deployment: ObjectRef = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    namespace: "sample",
    name: "nginx",
};

const settlesWithinMs = 300_000;

/** As far as others than us have a say in it. */
interface ClusterObject {
    readonly metadata: { readonly finalizers: string[] };
    readonly spec: {
        readonly region: string;
        readonly taints?: readonly { readonly key: string }[];
        readonly resourceModels?: readonly unknown[];
    };
}

describe("what others change", function () {
    // A dozen updates, on a machine that may have other work.
    this.timeout(900_000);
    const folder = temporaryFolder();
    let environment: Environment;
    let karmada: KubeClient;
    /** What is in every cluster before anything was deployed. */
    let untouched: Inventories;

    before("deploy the sample on a federation", async function () {
        this.timeout(60 * 60_000);
        environment = await Environment.start();
        karmada = environment.client("karmada");
        untouched = await inventoriesOf(environment);
        await environment.up(environment.settings);
    });

    after("stop it", async () => {
        await karmada?.close();
        await environment?.stop();
    });

    const preview = () =>
        environment.pulumi(environment.settings, "preview", "--refresh", "--diff");
    const repair = () => environment.up(environment.settings, "--refresh");

    const sampleRuns = (...expected: [number, number, number]) =>
        eventually(
            `the sample runs ${expected.join(" / ")}`,
            async () => {
                const { workloads } = await readStatus(karmada);
                const running = workloads[0]?.members.map((each) => each.running);
                assert.deepEqual(running, expected);
            },
            settlesWithinMs,
        );

    async function specOf(ref: ObjectRef): Promise<unknown> {
        return (await karmada.get(ref))?.spec;
    }

    it("of a policy's weights is shown by preview and taken back by up [WRK-1]", async () => {
        const original = await specOf(policy);
        const staticWeightList = environment.members.map((member) => ({
            targetCluster: { clusterNames: [member] },
            weight: 1,
        }));
        const replicaScheduling = { weightPreference: { staticWeightList } };
        await karmada.patch(policy, { spec: { placement: { replicaScheduling } } }, "merge");
        await sampleRuns(4, 4, 4);
        assert.match(await preview(), /staticWeightList/);
        await sampleRuns(4, 4, 4);
        await repair();
        assert.deepEqual(await specOf(policy), original);
        await sampleRuns(3, 3, 6);
    });

    it("of a workload's replicas and image is shown by preview and taken back by up [WRK-1]", async () => {
        const original = await specOf(deployment);
        const change = [
            { op: "replace", path: "/spec/replicas", value: 4 },
            { op: "replace", path: "/spec/template/spec/containers/0/image", value: "nginx:1" },
        ];
        await karmada.patch(deployment, change, "json");
        await sampleRuns(1, 1, 2);
        const shown = await preview();
        assert.match(shown, /replicas\s*: 4 => 12/);
        assert.match(shown, /image\s*: "nginx:1" => "nginx:1\.29\.1"/);
        await repair();
        assert.deepEqual(await specOf(deployment), original);
        await sampleRuns(3, 3, 6);
    });

    it("by deleting a policy is shown by preview and made good by up [WRK-1]", async () => {
        const original = await specOf(policy);
        await karmada.remove(policy);
        assert.match(await preview(), /\+ kubernetes:policy\.karmada\.io.*PropagationPolicy/);
        await repair();
        assert.deepEqual(await specOf(policy), original);
        await sampleRuns(3, 3, 6);
    });

    it("by deleting the credentials of a member is shown by preview and made good by up [MEM-1]", async () => {
        const name = environment.members[0]!;
        const namespace = "karmada-cluster";
        const secret: ObjectRef = { apiVersion: "v1", kind: "Secret", namespace, name };
        const { data } = (await karmada.get(secret))!;
        await karmada.remove(secret);
        assert.match(await preview(), new RegExp(`name\\s*: "${name}"`));
        assert.equal(await karmada.get(secret), undefined, "a preview repairs nothing");
        await repair();
        assert.deepEqual((await karmada.get(secret))?.data, data);
        await eventually(
            "all members are ready",
            async () => {
                const { members } = await readStatus(karmada);
                return members.length === 3 && members.every(({ ready }) => ready);
            },
            settlesWithinMs,
        );
        await sampleRuns(3, 3, 6);
    });

    it("of a member's fields is taken back, and what Karmada keeps beside them is left alone [MEM-1]", async () => {
        const name = environment.members[0]!;
        const cluster: ObjectRef = {
            apiVersion: "cluster.karmada.io/v1alpha1",
            kind: "Cluster",
            name,
        };
        const taint = { key: "maintenance", value: "soon", effect: "NoSchedule" };
        const model = { grade: 0, ranges: [{ name: "cpu", min: "0", max: "64" }] };
        const { metadata, spec } = (await karmada.get(cluster)) as unknown as ClusterObject;
        assert.ok(metadata.finalizers.length > 0, "Karmada's own");
        const theirs = { taints: [...(spec.taints ?? []), taint], resourceModels: [model] };
        const finalizers = [...metadata.finalizers, "example.com/theirs"];
        const region = "us-west-2";
        const change = { metadata: { finalizers }, spec: { ...theirs, region } };
        await karmada.patch(cluster, change, "merge", { fieldManager: "somebody" });
        assert.match(await preview(), /"us-west-2"/);
        await repair();
        const after = (await karmada.get(cluster)) as unknown as ClusterObject;
        assert.equal(after.spec.region, spec.region);
        assert.deepEqual(after.metadata.finalizers.sort(), finalizers.sort());
        assert.ok(
            after.spec.taints?.some(({ key }) => key === taint.key),
            "the taint",
        );
        assert.deepEqual(after.spec.resourceModels?.length, 1);
        const back = [
            { op: "replace", path: "/metadata/finalizers", value: metadata.finalizers },
            { op: "replace", path: "/spec/taints", value: spec.taints ?? [] },
        ];
        await karmada.patch(cluster, back, "json");
    });

    it("is none: without it nothing is to be done", async () => {
        await environment.up(environment.settings, "--refresh", "--expect-no-changes");
    });

    it("in the state's place is nothing: exported, and imported into a new stack, it needs no update", async () => {
        const file = ["--file", `${environment.stateDir}/exported.json`];
        const stack = (...args: string[]) =>
            environment.pulumi(environment.settings, "stack", ...args);
        await stack("export", ...file);
        await stack("rm", "--force", "--yes");
        // Any command makes the stack anew.
        await stack("ls");
        assert.deepEqual(environment.state().resources ?? [], []);
        await stack("import", ...file);
        await environment.up(environment.settings, "--expect-no-changes");
    });

    it("of the names in a program, with an alias, changes and replaces nothing", async () => {
        const home = await homeWithProvider(folder, "kubernetes");
        const settings = layoutOf(environment.stateDir);
        const kubeconfigOf = (cluster: string) =>
            readFileSync(settings.kubeconfig(cluster), "utf8");
        let name = "before";
        const stack = await inlineStack(home, environment.engineBinary, async () => {
            const aliases = name === "before" ? [] : [{ name: "before" }];
            const connection = existingKarmada("other", { kubeconfig: kubeconfigOf("karmada") });
            const within = { metadata: { name: "renamed" } };
            const { provider } = connection;
            const namespace = new k8s.core.v1.Namespace("renamed", within, { provider });
            new WeightedWorkload(
                name,
                {
                    karmada: connection,
                    workloadName: "renamed",
                    namespace: "renamed",
                    replicas: 1,
                    weights: { [environment.members[0]!]: 1 },
                    podSpec: { containers: [{ name: "main", image: "nginx:1.29.1" }] },
                },
                { aliases, dependsOn: namespace },
            );
        });
        await stack.up();
        const ref = { ...deployment, namespace: "renamed", name: "renamed" };
        const uid = (await karmada.get(ref))?.metadata.uid;
        name = "after";
        const { summary } = await stack.up();
        assert.deepEqual(operationsOf(summary), ["same"]);
        assert.equal((await karmada.get(ref))?.metadata.uid, uid);
        await stack.destroy();
    });

    it("to a workload that nobody waits for leaves nothing in the members when it goes", async () => {
        const { settings } = environment;
        const workloads = settings.workloads.map((each) => ({ ...each, skipAwait: true }));
        await environment.up({ ...settings, workloads });
        await environment.destroy();
        await eventually("every cluster as before", async () => {
            assert.deepEqual(await inventoriesOf(environment), untouched);
        });
        await environment.up(settings);
    });

    it("of a member's credentials, or the end of its API server, does not hold up destroy [MEM-6]", async () => {
        const [robbed, dead] = environment.members as [string, string];
        const namespace = "karmada-cluster";
        await karmada.remove({ apiVersion: "v1", kind: "Secret", namespace, name: robbed });
        await environment.killApiServer(dead);
        const refusal = await failureOf(environment.destroy());
        assert.match(refusal, new RegExp(`not ready: .*Secret "${robbed}" not found`));
        assert.match(refusal, /cannot reach .* set PULUMI_K8S_DELETE_UNREACHABLE=true/);
        process.env.PULUMI_K8S_DELETE_UNREACHABLE = "true";
        try {
            await environment.destroy();
        } finally {
            delete process.env.PULUMI_K8S_DELETE_UNREACHABLE;
        }
        assert.deepEqual(environment.state().resources ?? [], []);
        assert.deepEqual(await inventoryOf(karmada), untouched.karmada);
    });
});
