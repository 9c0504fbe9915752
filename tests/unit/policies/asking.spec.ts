import assert from "node:assert/strict";
import {
    AnalyzeRequest,
    AnalyzeResponse,
    AnalyzerResourceOptions,
    RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Asking } from "../../../policies/frame/asking";
import { ResourceMessage } from "../../../policies/frame/resourceMessage";
import {
    type Level,
    levels,
    resourceRule,
    type Rule,
    stackRule,
} from "../../../policies/frame/rule";

const about = {
    id: "T-01",
    sentence: "It has a size.",
    severity: "low",
    anchors: [],
    remedy: "Set it.",
    levels: levels.always,
    unknown: "later",
} as const;
const asked: string[] = [];
const boxes = resourceRule({
    ...about,
    name: "boxes-sized",
    types: ["a:b:Box"],
    check({ props }, report) {
        asked.push("boxes-sized");
        if (props["size"] === undefined) report("size is not set: set it.");
    },
    remediate({ props }) {
        props["size"] = 1;
    },
});
const bags = resourceRule({
    ...about,
    name: "bags-sized",
    types: ["a:b:Bag"],
    check: () => asked.push("bags-sized"),
});
const packed = stackRule({
    ...about,
    name: "all-packed",
    concerns: ["a:b:Box"],
    reads: ["a:b:Bag"],
    checkStack(stack, report) {
        asked.push(...stack.map(({ name }) => name));
        if (stack.some(({ props }) => props["open"])) report("one is open.");
    },
});
const lone = stackRule({ ...about, name: "lone", concerns: ["a:b:Crate"], checkStack: () => {} });

const rules: readonly Rule[] = [boxes, bags, packed, lone];
const asking = (configured: Record<string, Level> = {}) =>
    new Asking({ name: "pack", version: "1.0.0", rules }, ({ name, levels: { prod } }) =>
        Object.hasOwn(configured, name) ? configured[name]! : prod,
    );
const resource = (type: string, name: string, properties = {}) =>
    new ResourceMessage(
        Buffer.from(
            new AnalyzeRequest()
                .setType(type)
                .setName(name)
                .setUrn(`urn:${name}`)
                .setOptions(new AnalyzerResourceOptions())
                .setProperties(Struct.fromJavaScript(properties))
                .serializeBinary(),
        ),
    ).toSdk();
const names = (response: AnalyzeResponse | RemediateResponse) =>
    response.getNotApplicableList().map((each) => each.getPolicyName());

describe("what the policy pack asks its rules", () => {
    beforeEach(() => void asked.splice(0));

    it("is about resources of their types only", async () => {
        const answer = await asking().judging("a:b:Box").ask!(resource("a:b:Box", "one"));
        assert.deepEqual(asked, ["boxes-sized"]);
        const [violation, ...others] = answer.getDiagnosticsList();
        assert.deepEqual(others, []);
        assert.equal(violation!.getPolicyname(), "boxes-sized");
        assert.equal(violation!.getMessage(), "It has a size.\nsize is not set: set it.");
        assert.deepEqual(names(answer), ["bags-sized"]);
    });

    it("is nothing about a resource that no rule is for, or only rules that are off", () => {
        const { ask, unasked } = asking().judging("a:b:Other");
        assert.equal(ask, undefined);
        const answer = AnalyzeResponse.deserializeBinary(new Uint8Array(unasked));
        assert.deepEqual(names(answer), ["boxes-sized", "bags-sized"]);
        assert.equal(asking({ "boxes-sized": "disabled" }).judging("a:b:Box").ask, undefined);
    });

    it("is how to set right only what a rule is told to, and can", () => {
        assert.equal(asking().remedying("a:b:Box").ask, undefined);
        const told = asking({ "boxes-sized": "remediate", "bags-sized": "remediate" });
        assert.ok(told.remedying("a:b:Box").ask);
        assert.equal(told.remedying("a:b:Bag").ask, undefined);
    });

    it("is about those resources of the program that they are shown", async () => {
        const program = ["Box", "Bag", "Other"].map((type) => resource(`a:b:${type}`, type));
        const answer = await asking().judgeStack(program);
        assert.deepEqual(asked, ["Bag", "Box"]);
        assert.deepEqual([answer.getDiagnosticsList(), names(answer)], [[], ["lone"]]);
        const open = await asking().judgeStack([resource("a:b:Box", "one", { open: true })]);
        assert.match(open.getDiagnosticsList()[0]!.getMessage(), /one is open/);
        assert.ok(asking().isOfUse("a:b:Bag"));
        assert.ok(!asking().isOfUse("a:b:Other"));
        assert.ok(!asking({ "all-packed": "disabled" }).isOfUse("a:b:Bag"));
    });
});
