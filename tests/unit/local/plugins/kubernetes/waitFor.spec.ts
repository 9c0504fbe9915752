import * as assert from "node:assert/strict";
import { KubeObject } from "../../../../../local/kube";
import { parseJsonPath } from "../../../../../local/plugins/kubernetes/await/jsonPath";
import { builtInReadiness } from "../../../../../local/plugins/kubernetes/await/readiness";
import { parseWaitFor } from "../../../../../local/plugins/kubernetes/await/waitFor";

const object = (fields: object, generation = 1): KubeObject => ({
    apiVersion: "v1",
    kind: "Thing",
    metadata: { name: "it", generation },
    ...fields,
});
const conditions = (...all: object[]) => ({ status: { conditions: all } });

describe("JSONPath of a condition", () => {
    const value = {
        "a-b": { c: [1, 2, 3] },
        items: [
            { type: "x", on: true },
            { type: "y", on: false },
        ],
    };
    const cases: [string, unknown[]][] = [
        [".items[0].type", ["x"]],
        ["$.items[-1].type", ["y"]],
        [".items[*].type", ["x", "y"]],
        ["['a-b'].c[1]", [2]],
        ['["a-b"].c[*]', [1, 2, 3]],
        ['.items[?(@.type=="y")].on', [false]],
        [".items[?(@.on == true)].type", ["x"]],
        [".items[?@.type != 'x'].type", ["y"]],
        [".items[?(@.missing)]", []],
        [".missing.deeper", []],
    ];
    for (const [path, found] of cases) {
        it(`${path} selects ${JSON.stringify(found)}`, () => {
            assert.deepEqual(parseJsonPath(path)(value), found);
        });
    }

    for (const path of [".a-b", "items", ".items[", ".items[?(@.a < 3)]"]) {
        it(`refuses ${path}`, () => {
            assert.throws(() => parseJsonPath(path), SyntaxError);
        });
    }
});

describe("pulumi.com/waitFor", () => {
    const stateOf = (text: string, fields: object, generation?: number) =>
        parseWaitFor(text)(object(fields, generation));

    it("compares a value in words, so that numbers and booleans can be named", () => {
        const status = { status: { replicas: 3, ok: true } };
        assert.equal(stateOf("jsonpath={.status.replicas}=3", status).state, "ready");
        assert.equal(stateOf("jsonpath={.status.ok}=true", status).state, "ready");
        assert.deepEqual(stateOf("jsonpath={.status.replicas}=4", status), {
            state: "waiting",
            reason: "{.status.replicas}=4 (found 3)",
        });
    });

    it("is content with any value when none is named", () => {
        assert.equal(stateOf("jsonpath={.status.ip}", { status: { ip: "::1" } }).state, "ready");
        assert.equal(stateOf("jsonpath={.status.ip}", {}).state, "waiting");
    });

    it("waits for all of a list and says what is missing of it", () => {
        const list = JSON.stringify(["jsonpath={.a}=1", "condition=Ready", "jsonpath={.b}"]);
        assert.deepEqual(stateOf(list, { a: 1 }), {
            state: "waiting",
            reason: "condition Ready=True (there is none yet), {.b} (there is none yet)",
        });
    });

    it("does not believe a status that is older than the last change", () => {
        const status = { status: { observedGeneration: 1, x: "1" } };
        assert.equal(stateOf("jsonpath={.status.x}=1", status, 2).state, "waiting");
        assert.equal(stateOf("jsonpath={.status.x}=1", status, 1).state, "ready");
        const old = conditions({ type: "Ready", status: "True", observedGeneration: 1 });
        assert.equal(stateOf("condition=Ready", old, 2).state, "waiting");
    });

    it("takes condition names as kubectl does, in any case", () => {
        const ready = conditions({ type: "Ready", status: "False" });
        assert.equal(stateOf("condition=ready=false", ready).state, "ready");
        assert.equal(stateOf("condition=Ready", ready).state, "waiting");
    });

    it("does not tell what a Secret holds", () => {
        const secret = { kind: "Secret", data: { token: "c2VjcmV0" } };
        const answer = stateOf("jsonpath={.data.token}=other", secret);
        assert.ok(answer.state === "waiting" && !answer.reason.includes("c2VjcmV0"));
    });

    for (const text of [
        "Ready",
        "[]",
        "[1]",
        "[",
        "jsonpath=.a=1",
        "jsonpath={.a}=",
        "condition=",
        "condition=A=B=C",
    ]) {
        it(`refuses ${text}`, () => {
            assert.throws(() => parseWaitFor(text), SyntaxError);
        });
    }
});

describe("readiness of the kinds that have one", () => {
    const stateOf = (apiVersion: string, kind: string, fields: object, generation?: number) =>
        builtInReadiness(apiVersion, kind)?.(object(fields, generation));
    const deployment = (status: object, spec: object = { replicas: 2 }) =>
        stateOf("apps/v1", "Deployment", { spec, status });

    it("a Deployment is ready when all replicas are new and available", () => {
        const done = { observedGeneration: 1, replicas: 2, updatedReplicas: 2 };
        assert.equal(deployment({ ...done, availableReplicas: 2 })?.state, "ready");
        assert.equal(deployment({ ...done, availableReplicas: 1 })?.state, "waiting");
        assert.equal(deployment({ ...done, replicas: 3, availableReplicas: 2 })?.state, "waiting");
        assert.equal(deployment({})?.state, "waiting");
        assert.equal(deployment({ observedGeneration: 1 }, { replicas: 0 })?.state, "ready");
    });

    it("a Deployment fails when its rollout is stuck, with the reason", () => {
        const stuck = { type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded" };
        const status = { observedGeneration: 1, conditions: [{ ...stuck, message: "timed out" }] };
        assert.deepEqual(deployment(status), {
            state: "failed",
            reason: "the rollout is stuck: timed out",
        });
    });

    it("a Job is ready when complete or suspended, and fails with its reason", () => {
        const job = (fields: object, spec = {}) =>
            stateOf("batch/v1", "Job", { spec, ...fields })?.state;
        assert.equal(job(conditions({ type: "Complete", status: "True" })), "ready");
        assert.equal(job({}, { suspend: true }), "ready");
        assert.equal(job({ status: { active: 1 } }), "waiting");
        assert.equal(job(conditions({ type: "Failed", status: "True" })), "failed");
        assert.equal(job(conditions({ type: "Failed", status: "False" })), "waiting");
    });

    it("a definition is ready when established and fails when its names are taken", () => {
        const definition = (...all: object[]) =>
            stateOf("apiextensions.k8s.io/v1", "CustomResourceDefinition", conditions(...all));
        assert.equal(definition({ type: "Established", status: "True" })?.state, "ready");
        assert.equal(definition()?.state, "waiting");
        assert.equal(definition({ type: "NamesAccepted", status: "False" })?.state, "failed");
    });

    it("a Secret waits for its token only when it is one of a service account", () => {
        const type = "kubernetes.io/service-account-token";
        assert.equal(stateOf("v1", "Secret", { type })?.state, "waiting");
        assert.equal(stateOf("v1", "Secret", { type, data: { token: "x" } })?.state, "ready");
        assert.equal(stateOf("v1", "Secret", { type: "Opaque" })?.state, "ready");
    });

    it("every other kind is ready at once", () => {
        assert.equal(builtInReadiness("v1", "ConfigMap"), undefined);
        assert.equal(builtInReadiness("example.com/v1", "Deployment"), undefined);
    });
});
