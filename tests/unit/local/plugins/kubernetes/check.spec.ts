import * as assert from "node:assert/strict";
import { KubeClient } from "../../../../../local/kube";
import { check } from "../../../../../local/plugins/kubernetes/check";
import {
    PropertyMap,
    PropertyValue,
    SecretValue,
    Unknown,
    unwrapSecrets,
} from "../../../../../local/plugins/protocol/provider";
import { sampleKubeconfig } from "../../../../support/kubeconfigs";

// Nobody listens there: kinds are unknown, as before their definition is made.
const client = KubeClient.fromKubeconfig(sampleKubeconfig("https://127.0.0.1:9"));
const type = "kubernetes:core/v1:ConfigMap";

function checked(news: PropertyMap, olds: PropertyMap = {}, seed = 1) {
    const request = {
        type,
        name: "settings",
        randomSeed: Uint8Array.of(seed),
        signal: new AbortController().signal,
        status: () => {},
        news: { apiVersion: "v1", kind: "ConfigMap", ...news },
        olds,
    };
    return check(request, { client, namespace: "default" });
}
const metadataOf = ({ inputs }: { inputs: PropertyMap }) =>
    (unwrapSecrets(inputs) as { metadata: { name?: string; annotations?: object } }).metadata;
const problemsOf = async (news: PropertyMap) =>
    ((await checked(news)).failures ?? []).map(({ property }) => property);

describe("checking the inputs of an object", () => {
    const autonamed = { "pulumi.com/autonamed": "true" };

    it("makes a name of the resource's and a seed, and marks it as made", async () => {
        const { name, annotations } = metadataOf(await checked({}));
        assert.match(name ?? "", /^settings-[0-9a-f]{8}$/);
        assert.deepEqual(annotations, autonamed);
        assert.equal(metadataOf(await checked({})).name, name);
        assert.notEqual(metadataOf(await checked({}, {}, 2)).name, name);
    });

    it("keeps the name it made before", async () => {
        const olds = { metadata: { name: "settings-old", annotations: autonamed } };
        const kept = metadataOf(await checked({}, olds));
        assert.deepEqual([kept.name, kept.annotations], ["settings-old", autonamed]);
        const given = { metadata: { name: "settings-old" } };
        assert.notEqual(metadataOf(await checked({}, given)).name, "settings-old");
    });

    it("leaves a name as given, also when it is not known yet", async () => {
        const names: PropertyValue[] = ["mine", Unknown];
        for (const name of names) {
            assert.deepEqual(metadataOf(await checked({ metadata: { name } })), { name });
        }
        const unknown = await checked({ metadata: Unknown });
        assert.equal(unknown.inputs.metadata, Unknown);
    });

    it("keeps secrets secret while it names", async () => {
        const { inputs } = await checked({ metadata: new SecretValue({ labels: { a: "b" } }) });
        assert.ok(inputs.metadata instanceof SecretValue);
        assert.match(metadataOf({ inputs }).name ?? "", /^settings-/);
    });

    it("drops what only the API server sets", async () => {
        const metadata = { name: "x", uid: "1", resourceVersion: "2", labels: { a: "b" } };
        const result = metadataOf(await checked({ metadata }));
        assert.deepEqual(result, { name: "x", labels: { a: "b" } });
    });

    it("tells all that is mistyped in metadata at once", async () => {
        assert.deepEqual(await problemsOf({ metadata: [] }), ["metadata"]);
        const metadata = { name: 1, namespace: {}, labels: "a", annotations: [] };
        assert.deepEqual(
            await problemsOf({ metadata }),
            ["name", "namespace", "labels", "annotations"].map((key) => `metadata.${key}`),
        );
        const unknown: PropertyMap = { name: Unknown, labels: Unknown, annotations: null };
        assert.deepEqual(await problemsOf({ metadata: unknown }), []);
        const annotations = { "pulumi.com/waitFor": null };
        assert.deepEqual(await problemsOf({ metadata: { name: "x", annotations } }), []);
    });

    it("refuses generateName, partial objects, unknown kinds and waitFor it cannot read", async () => {
        assert.deepEqual(await problemsOf({ metadata: { generateName: "a-" } }), [
            "metadata.generateName",
        ]);
        assert.deepEqual(await problemsOf({ kind: "Secret" }), ["kind"]);
        assert.deepEqual(await problemsOf({ kind: "ConfigMapList", items: [] }), ["kind", "kind"]);
        assert.deepEqual(await problemsOf({ kind: Unknown }), ["kind"]);
        const annotations = { "pulumi.com/waitFor": "Ready" };
        assert.deepEqual(await problemsOf({ metadata: { name: "x", annotations } }), [
            'metadata.annotations["pulumi.com/waitFor"]',
        ]);
    });
});
