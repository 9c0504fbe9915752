import * as assert from "node:assert/strict";
import { KubeObject } from "../../../../../local/kube";
import { parseJsonPath } from "../../../../../local/plugins/kubernetes/await/jsonPath";
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
