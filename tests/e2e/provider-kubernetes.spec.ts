import * as assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { Cluster, deployment, podSpec } from "../conformance/cluster";
import { itIsOurs } from "../conformance/serving";

describe("kubernetes provider under the real engine", function () {
    this.timeout(300_000);
    const cluster = new Cluster();
    const configMap = (name: string, namespace: string) => cluster.configMap(name, namespace);

    it("creates, leaves alone, replaces and removes objects of many kinds", async () => {
        let data = { colour: "blue" };
        const stack = await cluster.connected((options) => {
            const namespace = new k8s.core.v1.Namespace("team", {}, options);
            const within = { namespace: namespace.metadata.name };
            const settings = new k8s.core.v1.ConfigMap(
                "settings",
                { metadata: within, data },
                options,
            );
            const widgets = new k8s.apiextensions.v1.CustomResourceDefinition(
                "widgets",
                widgetDefinition,
                options,
            );
            const widget = new k8s.apiextensions.CustomResource(
                "widget",
                {
                    apiVersion: "example.com/v1",
                    kind: "Widget",
                    metadata: {
                        ...within,
                        name: "first",
                        // The garbage collector sees a new kind only after half a minute.
                        annotations: { "pulumi.com/deletionPropagationPolicy": "background" },
                    },
                    spec: { size: 1 },
                },
                { ...options, dependsOn: widgets },
            );
            new k8s.apps.v1.Deployment("none", deployment(within, 0), options);
            return {
                namespace: namespace.metadata.name,
                name: settings.metadata.name,
                widget: widget.metadata.name,
            };
        });

        const preview = await stack.preview();
        assert.deepEqual(preview.changeSummary, { create: 7 });
        const first = await stack.up();
        const namespace = first.outputs.namespace?.value as string;
        const name = first.outputs.name?.value as string;
        assert.match(namespace, /^team-[0-9a-f]{8}$/);
        assert.match(name, /^settings-[0-9a-f]{8}$/);
        assert.deepEqual((await configMap(name, namespace))?.data, { colour: "blue" });

        const second = await stack.up();
        assert.deepEqual(second.summary.resourceChanges, { same: 7 });

        data = { colour: "green" };
        const third = await stack.up();
        const newName = third.outputs.name?.value as string;
        assert.deepEqual(third.summary.resourceChanges, { replace: 1, same: 6 });
        assert.notEqual(newName, name);
        assert.equal(await configMap(name, namespace), undefined);
        assert.deepEqual((await configMap(newName, namespace))?.data, { colour: "green" });

        await stack.destroy();
        const gone = await cluster.api.client.get({
            apiVersion: "v1",
            kind: "Namespace",
            name: namespace,
        });
        assert.equal(gone, undefined);
    });

    it("updates in place what may change and replaces what the API server calls immutable", async () => {
        let revisions = 1;
        let label = "a";
        const ref = { apiVersion: "apps/v1", kind: "Deployment", name: "changing" };
        const uid = async () => (await cluster.api.client.get(ref))?.metadata.uid;
        const stack = await cluster.connected((options) => {
            const { metadata, spec } = deployment({ name: ref.name }, 0, label);
            new k8s.apps.v1.Deployment(
                "it",
                { metadata, spec: { ...spec, revisionHistoryLimit: revisions } },
                options,
            );
        });
        await stack.up();
        const original = await uid();

        revisions = 2;
        const updated = await stack.up();
        assert.deepEqual(updated.summary.resourceChanges, { update: 1, same: 2 });
        assert.equal(await uid(), original);

        label = "b";
        const replaced = await stack.up();
        assert.deepEqual(replaced.summary.resourceChanges, { replace: 1, same: 2 });
        assert.notEqual(await uid(), original);
        await stack.destroy();
    });

    itIsOurs(
        "the official provider updates it",
        "changes nothing for another way to write the same",
        async () => {
            let cpu = "500m";
            const stack = await cluster.connected((options) => {
                const { metadata, spec } = deployment({ name: "spelt" }, 0);
                const container = { ...podSpec.containers[0]!, resources: { limits: { cpu } } };
                const template = { ...spec.template, spec: { containers: [container] } };
                new k8s.apps.v1.Deployment(
                    "it",
                    { metadata, spec: { ...spec, template } },
                    options,
                );
            });
            await stack.up();
            cpu = "0.5";
            assert.deepEqual((await stack.preview()).changeSummary, { same: 3 });
            await stack.destroy();
        },
    );

    it("tells in a preview which properties change, by their paths", async () => {
        const label = "app.kubernetes.io/name";
        let value = "before";
        const stack = await cluster.connected((options) => {
            const { spec } = deployment({}, value === "before" ? 0 : 1);
            const metadata = { name: "shown", labels: { [label]: value } };
            new k8s.apps.v1.Deployment("shown", { metadata, spec }, options);
        });
        await stack.up();
        value = "after";
        const changed: string[] = [];
        await stack.preview({
            onEvent: ({ resourcePreEvent }) =>
                changed.push(...Object.keys(resourcePreEvent?.metadata.detailedDiff ?? {})),
        });
        assert.deepEqual(changed.sort(), [`metadata.labels["${label}"]`, "spec.replicas"]);
        await stack.destroy();
    });
});

const widgetDefinition = {
    metadata: { name: "widgets.example.com" },
    spec: {
        group: "example.com",
        scope: "Namespaced",
        names: { plural: "widgets", singular: "widget", kind: "Widget" },
        versions: [
            {
                name: "v1",
                served: true,
                storage: true,
                schema: {
                    openAPIV3Schema: {
                        type: "object",
                        x_kubernetes_preserve_unknown_fields: true,
                    },
                },
            },
        ],
    },
};
