import * as assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../conformance/cluster";
import { assertSaid, failureOf } from "../conformance/serving";

describe("kubernetes provider and what others have made", function () {
    this.timeout(300_000);
    const cluster = new Cluster();
    const configMap = (name: string) => cluster.configMap(name);

    it("refuses to take over an object it has not made, unless told to", async () => {
        const theirs = { metadata: { name: "theirs" }, data: { owner: "them" } };
        await cluster.api.client.create(
            { apiVersion: "v1", kind: "ConfigMap", ...theirs },
            { fieldManager: "their-tool" },
        );
        let args: Partial<k8s.ProviderArgs> = {};
        let annotations: Record<string, string> = {};
        const stack = await cluster.connected(
            (options) => {
                const metadata = { name: "theirs", annotations };
                const data = { owner: "us" };
                new k8s.core.v1.ConfigMap("theirs", { metadata, data }, options);
            },
            () => args,
        );
        assertSaid(await failureOf(stack.up()), /is already there/);
        args = { upsertExistingObjects: true };
        const conflict = await failureOf(stack.up());
        assertSaid(conflict, /data\.owner[^]*managed by someone else/);
        assert.match(conflict, /their-tool/);
        annotations = { "pulumi.com/patchForce": "true" };
        await stack.up();
        assert.deepEqual((await configMap("theirs"))?.data, { owner: "us" });
        await stack.destroy();
    });

    it("imports what is there", async () => {
        const metadata = { name: "found", namespace: "default" };
        const data = { kept: "1" };
        await cluster.api.client.create({ apiVersion: "v1", kind: "ConfigMap", metadata, data });
        let options: pulumi.CustomResourceOptions = { import: "default/found" };
        const stack = await cluster.connected(({ provider }) => {
            new k8s.core.v1.ConfigMap("found", { metadata, data }, { provider, ...options });
        });
        const imported = await stack.up();
        assert.deepEqual(imported.summary.resourceChanges, { create: 2, import: 1 });
        options = {};
        assert.deepEqual((await stack.up()).summary.resourceChanges, { same: 3 });
        await stack.destroy();
        assert.equal(await configMap("found"), undefined);
    });

    it("looks in the provider's namespace for what is imported by its name alone", async () => {
        const { client } = cluster.api;
        const metadata = { name: "found" };
        const team = { apiVersion: "v1", kind: "Namespace", metadata: { name: "team" } };
        await client.create(team);
        const object = { apiVersion: "v1", kind: "ConfigMap" };
        await client.create({ ...object, metadata: { ...metadata, namespace: "team" } });
        const stack = await cluster.connected(
            ({ provider }) => {
                const options = { provider, import: "found", retainOnDelete: true };
                new k8s.core.v1.ConfigMap("found", { metadata }, options);
            },
            () => ({ namespace: "team" }),
        );
        const imported = await stack.up();
        assert.deepEqual(imported.summary.resourceChanges, { create: 2, import: 1 });
        await stack.destroy();
        assert.ok(await cluster.configMap("found", "team"));
    });

    it("leaves what is in ignoreChanges as others have made it", async () => {
        let mine = "1";
        const stack = await cluster.connected(
            ({ provider }) => {
                const data = { mine, yours: "1" };
                const metadata = { name: "shared" };
                const ignoreChanges = ["data.yours"];
                new k8s.core.v1.ConfigMap("it", { metadata, data }, { provider, ignoreChanges });
            },
            () => ({ enableConfigMapMutable: true }),
        );
        await stack.up();
        const ref = { apiVersion: "v1", kind: "ConfigMap", name: "shared" };
        await cluster.api.client.patch(ref, { data: { yours: "2" } }, "merge");
        mine = "2";
        assert.deepEqual((await stack.up()).summary.resourceChanges, { update: 1, same: 2 });
        assert.deepEqual((await configMap("shared"))?.data, { mine: "2", yours: "2" });
        await stack.destroy();
    });
});
