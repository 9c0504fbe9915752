import * as assert from "node:assert/strict";
import { KubeError } from "../../../../../local/kube";
import { changesBetween } from "../../../../../local/plugins/protocol/changes";
import { parsePath, pathText } from "../../../../../local/plugins/protocol/paths";
import {
    identityPaths,
    immutablePaths,
    replaces,
} from "../../../../../local/plugins/kubernetes/immutable";
import { PropertyValue, Unknown } from "../../../../../local/plugins/protocol/provider";

const shown = (old: PropertyValue, now: PropertyValue) =>
    changesBetween(old, now).map(({ path, kind }) => `${kind} ${pathText(path)}`);

describe("difference between two objects", () => {
    it("names each changed field by its path", () => {
        const old = { spec: { a: 1, b: [1, 2], c: "x" } };
        const now = { spec: { a: 2, b: [1], d: true } };
        assert.deepEqual(shown(old, now), [
            "update spec.a",
            "delete spec.b[1]",
            "delete spec.c",
            "add spec.d",
        ]);
    });

    it("quotes keys that are no identifiers", () => {
        const labels = { "app.kubernetes.io/name": "x" };
        assert.deepEqual(shown({ labels: {} }, { labels }), [
            'add labels["app.kubernetes.io/name"]',
        ]);
    });

    it("takes null for nothing", () => {
        assert.deepEqual(shown({ a: null }, {}), []);
        assert.deepEqual(shown({}, { a: null }), []);
    });

    it("takes a value that is not known yet for a change", () => {
        assert.deepEqual(shown({ a: "1" }, { a: Unknown }), ["update a"]);
        assert.deepEqual(shown({ a: Unknown }, { a: Unknown }), ["update a"]);
    });

    for (const path of [
        ["a", "b"],
        ["a", 0, "b"],
        ["x.y/z", 'q"q'],
        ["a", "b-c"],
    ]) {
        it(`reads ${pathText(path)} back as it was`, () => {
            assert.deepEqual(parsePath(pathText(path)), path);
        });
    }
});

describe("what replaces an object", () => {
    const change = (text: string) => ({ path: parsePath(text), kind: "update" }) as const;
    const mutable = { configMapsMutable: true, secretsMutable: true };
    const fixed = { configMapsMutable: false, secretsMutable: false };
    const configMap = { apiVersion: "v1", kind: "ConfigMap" };

    it("its name and its namespace, but not its labels", () => {
        const paths = identityPaths(configMap, mutable);
        assert.ok(replaces(change("metadata.name"), paths));
        assert.ok(replaces(change("metadata.namespace"), paths));
        assert.ok(replaces(change("metadata"), paths), "gone with all that is in it");
        assert.ok(!replaces(change("metadata.labels.name"), paths));
    });

    it("data of a ConfigMap or Secret, unless the provider has them mutable", () => {
        const secret = { apiVersion: "v1", kind: "Secret" };
        for (const object of [configMap, secret]) {
            assert.ok(replaces(change("data.key"), identityPaths(object, fixed)));
            assert.ok(!replaces(change("data.key"), identityPaths(object, mutable)));
            const frozen = { ...object, immutable: true };
            assert.ok(replaces(change("data.key"), identityPaths(frozen, mutable)));
        }
        const other = { apiVersion: "example.com/v1", kind: "Secret" };
        assert.ok(!replaces(change("data.key"), identityPaths(other, fixed)));
    });

    it("the fields that the API server refuses to change", () => {
        const causes = [
            { reason: "FieldValueInvalid", field: "spec.selector", message: "field is immutable" },
            {
                reason: "FieldValueForbidden",
                field: "spec",
                message: "Forbidden: updates to statefulset spec for other fields are forbidden",
            },
            { reason: "FieldValueInvalid", field: "roleRef", message: "cannot change roleRef" },
            { reason: "FieldValueInvalid", field: "spec.a", message: "must be no less than 0" },
        ];
        const paths = immutablePaths(new KubeError("no", 422, "Invalid", { causes }));
        assert.deepEqual(paths, [["spec", "selector"], ["spec"], ["roleRef"]]);
    });

    it("nothing else that goes wrong", () => {
        assert.deepEqual(immutablePaths(new KubeError("immutable", 409, "Conflict")), []);
        assert.deepEqual(immutablePaths(new Error("field is immutable")), []);
    });
});
