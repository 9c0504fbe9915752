import * as assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { CustomResourceOptions, secret } from "@pulumi/pulumi";
import { Cluster, deployment } from "../conformance/cluster";
import { assertSaid, failureOf } from "../conformance/serving";
import { eventually } from "../support/eventually";

describe("kubernetes provider and the options of resources", function () {
    this.timeout(300_000);
    const cluster = new Cluster();
    const remove = (kind: string, name: string) =>
        cluster.api.client.remove({ apiVersion: "v1", kind, name, namespace: "default" });

    it("leaves an object behind that is to be retained", async () => {
        const stack = await cluster.connected(({ provider }) => {
            const options = { provider, retainOnDelete: true };
            new k8s.core.v1.ConfigMap("kept", { metadata: { name: "kept" } }, options);
        });
        await stack.up();
        await stack.destroy();
        assert.ok(await cluster.configMap("kept"));
        await remove("ConfigMap", "kept");
    });

    it("deletes nothing that goes with its namespace", async () => {
        const finalizers = ["example.com/forever"];
        const stack = await cluster.connected(({ provider }) => {
            const namespace = new k8s.core.v1.Namespace("team", {}, { provider });
            const within = { namespace: namespace.metadata.name, name: "inside", finalizers };
            const options = { provider, deletedWith: namespace };
            new k8s.core.v1.ConfigMap("inside", { metadata: within }, options);
            return { namespace: namespace.metadata.name };
        });
        const namespace = (await stack.up()).outputs.namespace?.value as string;
        const destroyed = stack.destroy();
        const ref = { apiVersion: "v1", kind: "ConfigMap", name: "inside", namespace };
        const namespaceRef = { apiVersion: "v1", kind: "Namespace", name: namespace };
        try {
            // Had this object been deleted by itself, its finalizer would keep the namespace's turn from coming.
            const isGoing = async () => {
                const live = await cluster.api.client.get(namespaceRef);
                return live?.metadata.deletionTimestamp !== undefined;
            };
            await eventually("the removal of the namespace", isGoing, 30_000);
        } finally {
            await cluster.api.client.patch(ref, { metadata: { finalizers: null } }, "merge");
            await destroyed;
        }
    });

    it("waits no longer than the custom timeout, in creation and in deletion", async () => {
        const finalizers = ["example.com/forever"];
        const stack = await cluster.connected(({ provider }) => {
            const customTimeouts = { create: "2s", delete: "1s" };
            const { metadata, spec } = deployment({ name: "late", finalizers }, 1);
            new k8s.apps.v1.Deployment("late", { metadata, spec }, { provider, customTimeouts });
        });
        const created = await failureOf(stack.up());
        assertSaid(created, /Deployment default\/late: not so after 2 s/, /timed out/i);
        const deleted = await failureOf(stack.destroy());
        assertSaid(deleted, /not so after 1 s of waiting for: its removal; finalizers: .*forever/);
        const ref = { apiVersion: "apps/v1", kind: "Deployment", name: "late" };
        await cluster.api.client.patch(ref, { metadata: { finalizers: null } }, "merge");
        await stack.destroy();
    });

    it("waits no longer than the custom timeout, in an update", async () => {
        let annotations = {};
        const stack = await cluster.connected(({ provider }) => {
            const options = { provider, customTimeouts: { create: "10m", update: "1s" } };
            const metadata = { name: "later", annotations };
            new k8s.core.v1.ConfigMap("later", { metadata }, options);
        });
        await stack.up();
        annotations = { "pulumi.com/waitFor": "condition=Ready" };
        const updated = await failureOf(stack.up());
        assertSaid(updated, /ConfigMap default\/later: not so after 1 s/, /timed out/i);
        await stack.destroy();
    });

    it("refuses to import what is not there", async () => {
        const stack = await cluster.connected(({ provider }) => {
            const options: CustomResourceOptions = { provider, import: "default/absent" };
            new k8s.core.v1.ConfigMap("absent", { metadata: { name: "absent" } }, options);
        });
        assert.match(await failureOf(stack.up()), /default\/absent.*does not exist/);
        await stack.destroy();
    });

    it("names the way out of a cluster that is gone for good, and takes it", async () => {
        let kubeconfig = cluster.api.kubeconfig;
        const stack = await cluster.stack(async () => {
            const provider = new k8s.Provider("cluster", {
                kubeconfig: secret(kubeconfig),
                clusterIdentifier: "one",
            });
            new k8s.core.v1.ConfigMap("lost", { metadata: { name: "lost" } }, { provider });
        });
        await stack.up();
        kubeconfig = kubeconfig.replace(/127\.0\.0\.1:\d+/, "127.0.0.1:9");
        // The provider's new settings are put into the state; the object itself has not changed.
        await stack.up();
        const refused = await failureOf(stack.refresh());
        assertSaid(refused, /cannot reach https:\/\/127\.0\.0\.1:9: nothing listens there/);
        assert.match(refused, /PULUMI_K8S_DELETE_UNREACHABLE/);
        const message = await failureOf(stack.destroy());
        assert.match(message, /PULUMI_K8S_DELETE_UNREACHABLE/);
        stack.workspace.envVars.PULUMI_K8S_DELETE_UNREACHABLE = "true";
        await stack.destroy();
        assert.ok(await cluster.configMap("lost"), "nobody could remove it");
        await remove("ConfigMap", "lost");
    });

    it("changes some fields of another's object and gives them up in the end", async () => {
        const ref = { apiVersion: "v1", kind: "ConfigMap", name: "theirs" };
        const { client } = cluster.api;
        const { apiVersion, kind, name } = ref;
        const object = { apiVersion, kind, metadata: { name }, data: { mine: "no" } };
        await client.apply(object, { fieldManager: "others" });
        let colour = "blue";
        const stack = await cluster.connected((options) => {
            const data = { colour };
            new k8s.core.v1.ConfigMapPatch("it", { metadata: { name: ref.name }, data }, options);
        });
        await stack.up();
        assert.deepEqual((await client.get(ref))?.data, { mine: "no", colour: "blue" });
        assert.deepEqual((await stack.up()).summary.resourceChanges, { same: 3 });
        colour = "green";
        assert.deepEqual((await stack.up()).summary.resourceChanges, { update: 1, same: 2 });
        assert.deepEqual((await client.get(ref))?.data, { mine: "no", colour: "green" });
        await stack.destroy();
        assert.deepEqual((await client.get(ref))?.data, { mine: "no" });
        await remove("ConfigMap", ref.name);
    });

    it("refuses a list and says what to declare instead", async () => {
        const stack = await cluster.connected((options) => {
            new k8s.core.v1.ConfigMapList("all", { items: [{}] }, options);
        });
        assertSaid(await failureOf(stack.preview()), /a resource for each of its items/, /list/i);
    });
});
