import * as assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { Cluster } from "../conformance/cluster";
import { assertSaid, failureOf } from "../conformance/serving";

type Program = (options: { provider: k8s.Provider }) => void;

const raw =
    (args: object, name = "it") =>
    (options: { provider: k8s.Provider }) =>
        void new k8s.apiextensions.CustomResource(
            name,
            args as k8s.apiextensions.CustomResourceArgs,
            options,
        );
const configMap = (fields: object, metadata: object = { name: "it" }) =>
    raw({ apiVersion: "v1", kind: "ConfigMap", metadata, ...fields });

describe("kubernetes provider and bad input", function () {
    this.timeout(300_000);
    const cluster = new Cluster();

    const inPreview: readonly (readonly [string, Program, RegExp, RegExp])[] = [
        ["a kind that is not a string", raw({ apiVersion: "v1", kind: 1 }), /kind/, /kind/],
        ["an apiVersion that is missing", raw({ kind: "ConfigMap" }), /apiVersion/, /version/i],
        ["metadata that is no object", configMap({}, ["it"]), /metadata: must be an object/, /./],
        [
            "several mistyped properties of metadata at once",
            configMap({}, { name: 1, labels: "a" }),
            /metadata\.name: must be a string[^]*metadata\.labels: must be a map of strings/,
            /./,
        ],
        [
            "a value of the wrong type",
            configMap({ data: { a: { b: "c" } } }),
            /cannot apply ConfigMap default\/it: .*data/,
            /data/,
        ],
        [
            "a name that Kubernetes does not allow",
            configMap({}, { name: "Not_Valid" }),
            /metadata\.name: Invalid value: "Not_Valid"/,
            /Not_Valid/,
        ],
        [
            "a generated name that the server would make",
            configMap({}, { generateName: "it-" }),
            /leave it out to get a generated name, or set name/,
            /generateName/,
        ],
        [
            "a patch of nobody",
            (options) => void new k8s.core.v1.ConfigMapPatch("it", { data: { a: "b" } }, options),
            /metadata\.name: is needed/,
            /metadata\.name/,
        ],
    ];
    for (const [what, program, ours, anyone] of inPreview) {
        it(`refuses ${what} before anything is made`, async () => {
            const stack = await cluster.connected(program);
            assertSaid(await failureOf(stack.preview()), ours, anyone);
        });
    }

    /** Together, because a creation is repeated for half a minute: what is missing may come in the same update. */
    const missing: readonly (readonly [string, object, RegExp, RegExp])[] = [
        [
            "a kind that does not exist",
            { apiVersion: "v1", kind: "Nonsense" },
            /does not serve kind Nonsense of v1; create its CustomResourceDefinition or APIService/,
            /Nonsense/,
        ],
        [
            "a version that does not exist",
            { apiVersion: "apps/v9", kind: "Deployment" },
            /does not serve kind Deployment of apps\/v9/,
            /apps\/v9/,
        ],
        [
            "a resource whose definition is not there",
            { apiVersion: "example.com/v1", kind: "Gadget" },
            /does not serve kind Gadget of example\.com\/v1; create its CustomResourceDefinition/,
            /Gadget/,
        ],
        [
            "a namespace that is not there",
            { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "it", namespace: "nowhere" } },
            /namespaces "nowhere" not found/,
            /nowhere/,
        ],
        [
            "an object over the size limit",
            { apiVersion: "v1", kind: "ConfigMap", data: { big: "x".repeat(4 << 20) } },
            /too (large|long)|limit/i,
            /too (large|long)|limit/i,
        ],
    ];
    it(`tells of ${missing.map(([what]) => what).join(", ")}, and keeps nothing of them`, async () => {
        const metadata = { name: "it" };
        const stack = await cluster.connected((options) => {
            for (const [what, args] of missing) raw({ metadata, ...args }, what)(options);
        });
        const message = await failureOf(stack.up({ continueOnError: true }));
        for (const [, , ours, anyone] of missing) assertSaid(message, ours, anyone);
        const { deployment } = await stack.exportStack();
        const types = (deployment.resources as { type: string }[]).map(({ type }) => type);
        assert.ok(!types.some((type) => /^kubernetes:/.test(type)), types.join());
        await stack.destroy();
    });

    it("puts an object without a namespace into that of the provider", async () => {
        const stack = await cluster.connected(configMap({}), () => ({ namespace: "kube-public" }));
        await stack.up();
        assert.ok(await cluster.configMap("it", "kube-public"));
        await stack.destroy();
    });

    it("waits for a definition that is made in the same update, whatever the order", async () => {
        const names = { plural: "gizmos", singular: "gizmo", kind: "Gizmo" };
        const schema = { openAPIV3Schema: { type: "object" } };
        const version = { name: "v1", served: true, storage: true, schema };
        const stack = await cluster.connected((options) => {
            const annotations = { "pulumi.com/deletionPropagationPolicy": "background" };
            const metadata = { name: "it", annotations };
            raw({ apiVersion: "example.com/v1", kind: "Gizmo", metadata })(options);
            new k8s.apiextensions.v1.CustomResourceDefinition(
                "gizmos",
                {
                    metadata: { name: "gizmos.example.com" },
                    spec: { group: "example.com", scope: "Cluster", names, versions: [version] },
                },
                options,
            );
        });
        await stack.up();
        const ref = { apiVersion: "example.com/v1", kind: "Gizmo", name: "it" };
        assert.ok(await cluster.api.client.get(ref));
        await stack.destroy();
    });
});
