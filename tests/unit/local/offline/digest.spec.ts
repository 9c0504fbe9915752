import * as assert from "node:assert/strict";
import { unknown } from "../../../../local/offline";
import { readDigest } from "../../../../local/offline/digest";

const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const mark = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";
const urn = (type: string, name: string) => `urn:pulumi:dev::project::${type}::${name}`;

const printed = (digest: object) => JSON.stringify(digest);
const log = (...events: object[]) => events.map((event) => JSON.stringify(event)).join("\n");

/** What a log says of one violation. */
const violation = (message: string, enforcementLevel = "mandatory") => {
    const resourceUrn = urn("aws:ec2/vpc:Vpc", "net");
    return log({
        policyEvent: { resourceUrn, message, enforcementLevel, policyName: "some-rule" },
    });
};

describe("what the engine says of a preview", () => {
    const provider = urn("pulumi:providers:aws", "aws-eu");
    const state = {
        urn: urn("component$aws:ec2/subnet:Subnet", "net::a"),
        type: "aws:ec2/subnet:Subnet",
        parent: urn("component", "net"),
        inputs: { vpcId: unknownText, tags: { list: ["a", unknownText] } },
        provider: `${provider}::${unknownText}`,
        dependencies: [urn("aws:ec2/vpc:Vpc", "net")],
        protect: true,
    };

    it("is read as planned resources, with a mark where a value is unknown", () => {
        const { resources } = readDigest(printed({ steps: [{ newState: state }] }), "");

        assert.deepEqual(resources, [
            {
                urn: state.urn,
                type: state.type,
                name: "net::a",
                parent: state.parent,
                inputs: { vpcId: unknown, tags: { list: ["a", unknown] } },
                provider,
                dependencies: state.dependencies,
                protect: true,
            },
        ]);
    });

    it("is read without what is to be deleted", () => {
        assert.deepEqual(readDigest(printed({ steps: [{ oldState: state }] }), "").resources, []);
    });

    it("tells the stack's outputs as they are at the end, and no secret among them", () => {
        const ofStack = (outputs: object) => ({
            resOutputsEvent: { metadata: { type: "pulumi:pulumi:Stack", new: { outputs } } },
        });
        const secret = { [mark]: secretMark, ciphertext: "AAAA" };
        const events = log(ofStack({}), ofStack({ name: "a", key: secret, host: unknownText }));

        assert.deepEqual(readDigest(printed({}), events).outputs, {
            name: "a",
            key: "[secret]",
            host: unknown,
        });
    });

    it("tells the diagnostics", () => {
        const diagnostics = [{ severity: "error", message: "error: no such thing\n", urn: "x" }];
        assert.deepEqual(readDigest(printed({ diagnostics }), "").diagnostics, [
            { severity: "error", message: "error: no such thing", urn: "x" },
        ]);
    });

    it("tells violations, without the colours of a terminal", () => {
        const events = violation("<{%fg 1%}>Set it.<{%reset%}>\n", "advisory");
        assert.deepEqual(readDigest(printed({}), events).policies.violations, [
            {
                policy: "some-rule",
                level: "advisory",
                message: "Set it.",
                urn: urn("aws:ec2/vpc:Vpc", "net"),
            },
        ]);
    });

    it("tells a violation from a rule that only the update can decide", () => {
        const events = violation(
            "can't run policy 'some-rule' from policy pack 'a' during preview",
        );
        assert.equal(readDigest(printed({}), events).policies.violations[0]!.level, "undecided");
    });

    it("tells which rules were asked, of a resource and of the whole stack", () => {
        const events = log(
            { policyAnalyzeSummaryEvent: { resourceUrn: "urn", passed: ["a"], failed: ["b"] } },
            { policyAnalyzeStackSummaryEvent: { passed: ["c"] } },
        );
        assert.deepEqual(readDigest(printed({}), events).policies.judgements, [
            { urn: "urn", passed: ["a"], failed: ["b"] },
            { urn: undefined, passed: ["c"], failed: [] },
        ]);
    });
});
