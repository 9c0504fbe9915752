import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import type { KarmadaConnection } from "../../components";
import { secretNames } from "../../components/controlPlane/secretNames";
import { failureOf } from "../conformance/serving";
import {
    ControlPlaneInCluster,
    namespace,
    type Wanted,
} from "../e2e/controlPlane/controlPlaneInCluster";
import { declareSleepers, runningIn, sleepers } from "../e2e/controlPlane/sleepers";
import { eventually } from "../support/eventually";
import { temporaryFolder } from "../support/temporary";

const host = { apiVersion: "v1", kind: "Namespace", name: namespace };

describe("a control plane that leaves", function () {
    this.timeout(900_000);
    const folder = temporaryFolder();
    let controlPlane: ControlPlaneInCluster;
    let withVolumesKept: Wanted;

    before("bring it up", async function () {
        this.timeout(60 * 60_000);
        controlPlane = await ControlPlaneInCluster.prepare(folder);
        const { storageClassName } = controlPlane.parent;
        withVolumesKept = { args: { etcd: { storageClassName, retainVolumes: true } } };
        await controlPlane.up(withVolumesKept);
    });

    after(() => controlPlane?.stop());

    it("leaves its volumes, and is found in them again by the state that has its keys", async () => {
        const { parentClient, stack } = controlPlane;
        const secret = {
            apiVersion: "v1",
            kind: "Secret",
            metadata: { name: "kept", namespace: "default" },
            data: { word: Buffer.from("for later").toString("base64") },
        };
        const before = await controlPlane.karmada();
        await before.create(secret);
        await before.close();
        const state = await stack.exportStack();
        await stack.destroy();

        assert.ok(await parentClient.get(host), "the namespace is there");
        const claims = await parentClient.list("v1", "PersistentVolumeClaim", { namespace });
        assert.deepEqual(
            claims.map(({ metadata, status }) => [
                metadata.name,
                (status as { phase: string }).phase,
            ]),
            ["etcd-0", "etcd-1", "etcd-2"].map((member) => [`data-${member}`, "Bound"]),
        );
        await eventually("no pod is left", async () => (await controlPlane.pods()).length === 0);

        await stack.importStack(state);
        await controlPlane.given("PULUMI_K8S_DELETE_UNREACHABLE", () => stack.refresh());
        // What is in the volumes, and the namespace around them, is there already.
        await controlPlane.given("PULUMI_K8S_UPSERT_EXISTING_OBJECTS", () =>
            controlPlane.up(withVolumesKept),
        );
        const karmada = await controlPlane.karmada();
        const kept = await karmada.get({ ...secret, ...secret.metadata });
        await karmada.close();
        assert.deepEqual(kept!["data"], secret.data);
    });

    it("leaves members as they are, once it was told to, and they run on", async function () {
        const { parentClient, stack, kubeconfigText, parent } = controlPlane;
        // No other cluster has the image of the workload.
        if (parent.nodes === undefined) return this.skip();
        const retained = {
            transformations: [
                ({ props, opts }: pulumi.ResourceTransformationArgs) => ({
                    props,
                    opts: { ...opts, retainOnDelete: true },
                }),
            ],
        };
        // As if another program had made them: nobody takes them out before the destroy.
        const beside = (karmada: KarmadaConnection) =>
            declareSleepers(karmada, kubeconfigText, retained);
        await controlPlane.up({ beside });
        const running = async () =>
            (await runningIn(controlPlane)).map(({ metadata }) => metadata.uid).sort();
        const before = await running();
        assert.equal(before.length, 3);
        assert.match(await failureOf(stack.destroy()), /member "host" is joined/);
        // What is retained was forgotten before the refusal came.
        await controlPlane.up({ args: { destroyWithMembers: true } });
        await stack.destroy();
        assert.equal(await parentClient.get(host), undefined);
        const left = await parentClient.get(sleepers);
        assert.equal(left?.metadata.deletionTimestamp, undefined);
        assert.ok(left, "the workload is there");
        assert.deepEqual(await running(), before);
    });

    it("does not wait for an API that is dead for good", async () => {
        const { parentClient, stack } = controlPlane;
        await controlPlane.up({});
        // Without it no API server can be started.
        const certificate = { apiVersion: "v1", kind: "Secret", name: secretNames.apiServer };
        await parentClient.remove({ ...certificate, namespace });
        const pods = await controlPlane.pods("karmada-apiserver");
        await controlPlane.killPods(...pods.map(({ metadata }) => metadata.name!));

        const began = Date.now();
        const after = () => `after ${((Date.now() - began) / 1e3).toFixed(0)} s`;
        assert.match(
            await failureOf(stack.destroy()),
            /karmada-members-first.*If the cluster is gone for good, set PULUMI_K8S_DELETE_UNREACHABLE=true/s,
        );
        console.log(`    refused ${after()}`);
        assert.equal((await controlPlane.pods("etcd")).length, 3);
        await controlPlane.given("PULUMI_K8S_DELETE_UNREACHABLE", () => stack.destroy());
        console.log(`    gone ${after()}`);
        assert.ok(Date.now() - began < 180_000);
        assert.equal(await parentClient.get(host), undefined);
        assert.deepEqual(await parentClient.list("v1", "PersistentVolumeClaim", { namespace }), []);
    });
});
