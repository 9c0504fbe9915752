import * as assert from "node:assert/strict";
import { KubeError } from "../../../../../local/kube";
import { explain, redact } from "../../../../../local/plugins/kubernetes/failures";
import {
    kindOfType,
    toImportedInputs,
    toInputs,
    toObject,
    toOutputs,
} from "../../../../../local/plugins/kubernetes/objects";
import {
    containsSecrets,
    PropertyMap,
    SecretValue,
    unwrapSecrets,
} from "../../../../../local/plugins/protocol/provider";

const metadata = { name: "it" };
const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata };
const secret = { apiVersion: "v1", kind: "Secret", metadata };
const secretKeys = (map: unknown) =>
    Object.entries(map as PropertyMap)
        .filter(([, value]) => containsSecrets(value))
        .map(([key]) => key);

describe("an object between the engine and Kubernetes", () => {
    it("has its type's apiVersion, without the SDK's name for the core group", () => {
        assert.deepEqual(kindOfType("kubernetes:core/v1:Pod"), { apiVersion: "v1", kind: "Pod" });
        assert.deepEqual(kindOfType("kubernetes:apps/v1:Deployment"), {
            apiVersion: "apps/v1",
            kind: "Deployment",
        });
    });

    it("has the schema extensions under Kubernetes' names there and the SDK's here", () => {
        const inputs = { ...configMap, schema: { x_kubernetes_int_or_string: true, x_other: 1 } };
        const object = toObject(inputs);
        assert.deepEqual(object.schema, { "x-kubernetes-int-or-string": true, x_other: 1 });
        assert.deepEqual(toOutputs(object, inputs, "m").schema, inputs.schema);
    });

    it("goes to Kubernetes without what the provider keeps in the state", () => {
        const outputs = toOutputs({ ...configMap, data: { a: "1" } }, configMap, "manager");
        assert.equal(outputs.__fieldManager, "manager");
        assert.equal(outputs.__initialApiVersion, "v1");
        assert.deepEqual(toObject(outputs), { ...configMap, data: { a: "1" } });
    });

    it("is secret where the inputs are, and no more", () => {
        const data = { a: new SecretValue("x"), b: "y" };
        const outputs = toOutputs(
            { ...configMap, data: { a: "x", b: "y" } },
            { ...configMap, data },
            "m",
        );
        assert.deepEqual(secretKeys(outputs), ["data", "__inputs"]);
        assert.deepEqual(secretKeys(outputs.data), ["a"]);
    });

    it("is secret in all that a Secret holds, whoever has put it there", () => {
        const applied = { "kubectl.kubernetes.io/last-applied-configuration": "{}", other: "x" };
        const live = {
            ...secret,
            metadata: { ...metadata, annotations: applied },
            data: { a: "eA==" },
        };
        const outputs = toOutputs(live, { ...secret, stringData: { a: "x" } }, "m");
        assert.ok(outputs.data instanceof SecretValue);
        assert.deepEqual(secretKeys(outputs.__inputs), ["stringData"]);
        const { annotations } = outputs.metadata as { annotations: PropertyMap };
        assert.deepEqual(secretKeys(annotations), Object.keys(applied).slice(0, 1));
    });

    it("is read back as the inputs speak of it, so that only drift is a difference", () => {
        const inputs = { ...configMap, metadata: { name: "it", labels: {} }, data: { a: "1" } };
        const live = {
            ...configMap,
            metadata: { name: "it", uid: "1" },
            data: { a: "2" },
            status: {},
        };
        assert.deepEqual(toInputs(live, inputs), { ...inputs, data: { a: "2" } });
    });

    it("is read back with stringData where it was written so", () => {
        const inputs = { ...secret, stringData: { a: "old" } };
        const live = { ...secret, data: { a: Buffer.from("new").toString("base64"), b: "" } };
        const read = unwrapSecrets(toInputs(live, inputs));
        assert.deepEqual(read, { ...secret, stringData: { a: "new" } });
    });

    it("is imported without what only the API server sets", () => {
        const live = {
            ...configMap,
            metadata: { name: "it", uid: "1", resourceVersion: "2", labels: { a: "b" } },
            status: { x: 1 },
        };
        assert.deepEqual(toImportedInputs(live), {
            ...configMap,
            metadata: { name: "it", labels: { a: "b" } },
        });
    });
});

describe("the provider's errors", () => {
    it("hold no secret, neither plain nor as base64", () => {
        const text = `bad value "hunter22" (${Buffer.from("hunter22").toString("base64")})`;
        const marked = { a: { b: [new SecretValue("hunter22")] } };
        assert.equal(redact(text, marked), 'bad value "[secret]" ([secret])');
        assert.equal(
            redact(text, { ...secret, stringData: { p: "hunter22" } }),
            redact(text, marked),
        );
        assert.equal(redact(text, { a: "hunter22" }), text);
    });

    it("name the ways out of a conflict with another manager", () => {
        const causes = [{ reason: "FieldManagerConflict", field: ".data.a" }];
        const conflict = new KubeError('conflict with "kubectl"', 409, "Conflict", { causes });
        assert.match(explain(conflict), /"kubectl".*ignoreChanges.*pulumi\.com\/patchForce/);
        assert.equal(explain(new KubeError("gone", 409, "Conflict")), "gone");
    });
});
