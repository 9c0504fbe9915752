import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import {
    configurationIn,
    levelOf,
    profileFor,
    withoutRefusals,
} from "../../../local/policies/configuration";
import { listAsJson, listAsText } from "../../../local/policies/list";
import { reportAsJson, reportAsMarkdown } from "../../../local/policies/report";
import { isRefused, type RuleResult, resultsOf } from "../../../local/policies/results";
import type { Rule } from "../../../policies/frame/rule";
import { rules } from "../../../policies/rules";
import { temporaryFolder } from "../../support/temporary";

const ruleOf = (name: string): Rule => rules.find((rule) => rule.name === name)!;
const etcd = {
    urn: "urn:etcd",
    type: "kubernetes:apps/v1:StatefulSet",
    name: "etcd",
    inputs: {},
    dependencies: [],
    protect: false,
};
const violation = (message: string, urn?: string) => ({
    policy: "etcd-members-odd",
    level: "advisory" as const,
    message: `${ruleOf("etcd-members-odd").sentence}\n${message}`,
    urn,
});
const exemption = { resource: "etcd", reason: "It is thrown away.", until: "2999-12-31" };

describe("the report of the policies", () => {
    const folder = temporaryFolder();
    const configured = (entries: object) => {
        const file = path.join(folder, "configuration.json");
        writeFileSync(file, JSON.stringify(entries));
        return configurationIn(file);
    };
    const about = { stack: "prod", configuration: "prod" };

    /** What the rule comes to when the engine says this. */
    const resultFor = (
        entries: object,
        violations: ReturnType<typeof violation>[],
        asked: { passed?: string[]; failed?: string[] } = { failed: ["etcd-members-odd"] },
    ): RuleResult => {
        const { passed = [], failed = [] } = asked;
        const policies = { violations, judgements: [{ urn: etcd.urn, passed, failed }] };
        const results = resultsOf(rules, configured(entries), { resources: [etcd], policies });
        return results.find(({ rule }) => rule.name === "etcd-members-odd")!;
    };

    it("names exemptions that nothing needs, such as those of misspelt resources", () => {
        const misspelt = { ...exemption, resource: "etdc" };
        const entries = { "etcd-members-odd": { exemptions: [exemption, misspelt] } };
        const result = resultFor(entries, [violation("spec.replicas is 2.", etcd.urn)]);
        assert.deepEqual([result.result, result.exempted.length], ["exempted", 1]);
        assert.match(
            reportAsMarkdown(about, [result]),
            /## Exemptions that nothing needs\n\n.*\n\n- `etdc`: nothing that is called so breaks the rule\./,
        );
    });

    it("refuses all that is wrong with a configuration at once, before anything is previewed", () => {
        const unreasoned = { resource: "etcd", reason: "no", until: "soon", ticket: 7 };
        const wrong = {
            "etcd-memebrs-odd": "mandatory",
            "etcd-members-odd": { enforcementLevel: "mandtory", minimum: "3" },
            budget: null,
            "imds-v2": 5,
            "cluster-logs": { exemptions: [unreasoned, {}] },
        };
        assert.throws(
            () => configured(wrong),
            ({ message }: Error) => {
                for (const line of [
                    /--config is ".*configuration\.json":/,
                    /"etcd-memebrs-odd" is no rule; did you mean "etcd-members-odd"\?/,
                    /enforcementLevel is "mandtory"; use one of "advisory", "mandatory"/,
                    /etcd-members-odd\.minimum is "3"; use a whole number\./,
                    /budget is null; use an object\./,
                    /imds-v2 is 5; use one of "advisory"/,
                    /exemptions\[0\]\.reason is "no"; use 10 characters or more\./,
                    /exemptions\[0\]\.until is "soon"; use a day such as "2027-03-31"\./,
                    /exemptions\[0\]\.ticket is no option; there are resource, reason, until\./,
                    /exemptions\[1\]\.resource is missing\./,
                ]) {
                    assert.match(message, line);
                }
                return true;
            },
        );
    });

    it("tells what breaks a rule, where, and what to do", () => {
        const result = resultFor({}, [violation("spec.replicas is 2: set it to 3.", etcd.urn)]);
        assert.equal(result.result, "violation");
        assert.ok(isRefused([result]));
        const text = reportAsMarkdown(about, [result]);
        assert.match(text, /^# Policies of the stack prod, by prod\n\n1 rules: violation 1\.\n/);
        assert.match(text, /\| KAR-01 \| etcd-members-odd \| mandatory \| violation \| 1 +\| 1/);
        assert.match(
            text,
            /- `etcd` \(`kubernetes:apps\/v1:StatefulSet`\): spec\.replicas is 2: set it to 3\.\n\nSet the number of members to 3/,
        );
        const { rules: asJson } = reportAsJson(about, [result]);
        assert.deepEqual(asJson[0]!.violations, [
            {
                resource: "etcd",
                type: "kubernetes:apps/v1:StatefulSet",
                message: "spec.replicas is 2: set it to 3.",
            },
        ]);
        assert.deepEqual([asJson[0]!.check, asJson[0]!.judged], ["KAR-01", 1]);
    });

    it("does not refuse what is no more than a warning", () => {
        const result = resultFor({ "etcd-members-odd": "advisory" }, [violation("2", etcd.urn)]);
        assert.equal(result.result, "violation");
        assert.ok(!isRefused([result]));
    });

    it("tells what is exempted apart from what is violated", () => {
        const entries = { "etcd-members-odd": { exemptions: [exemption] } };
        const exempted = resultFor(entries, [violation("2", etcd.urn)]);
        assert.equal(exempted.result, "exempted");
        assert.ok(!isRefused([exempted]));
        assert.match(reportAsMarkdown(about, [exempted]), /## Exempted\n\n### etcd-members-odd/);
        const both = resultFor(entries, [violation("2", etcd.urn), violation("4", "urn:other")]);
        assert.equal(both.result, "violation");
        assert.deepEqual([both.violations.length, both.exempted.length], [1, 1]);
    });

    it("tells what is left to the update", () => {
        const message =
            "can't run policy 'etcd-members-odd' during preview: string value at .spec.replicas can't be known during preview";
        const result = resultFor({}, [{ ...violation(message, etcd.urn), message }]);
        assert.equal(result.result, "later");
        assert.ok(!isRefused([result]));
        assert.match(
            reportAsMarkdown(about, [result]),
            /## Left to the update\n[^]*spec\.replicas is known only in the update\./,
        );
    });

    it("names the resource of which a rule of the whole program does not know enough", () => {
        const message =
            "can't run policy 'nodes-private' during preview: string value at .nodes (aws:eks/nodeGroup:NodeGroup).subnetIds.0 can't be known during preview";
        const result = resultFor({}, [{ ...violation(message), message }]);
        assert.deepEqual(result.later, [
            {
                resource: "nodes",
                type: "aws:eks/nodeGroup:NodeGroup",
                message: "subnetIds.0 is known only in the update.",
            },
        ]);
    });

    it("tells what passes from what there is nothing to judge for, and from what is off", () => {
        const passed = { passed: ["etcd-members-odd"] };
        assert.equal(resultFor({}, [], passed).result, "pass");
        assert.equal(resultFor({}, [], {}).result, "not applicable");
        assert.equal(resultFor({ "etcd-members-odd": "disabled" }, [], {}).result, "off");
    });
});

describe("the list of the policies", () => {
    it("has each with its levels and what must hold", () => {
        const lines = listAsText(rules).split("\n");
        assert.equal(lines.length, rules.length + 1);
        assert.match(
            listAsText([ruleOf("etcd-members-odd")]),
            /check +rule +dev +prod +strict +what must hold\nKAR-01 +etcd-members-odd +mandatory +mandatory +mandatory +[A-Za-z].*\.$/,
        );
        const [first] = listAsJson([ruleOf("etcd-members-odd")]);
        assert.deepEqual([first!.check, first!.levels.prod], ["KAR-01", "mandatory"]);
    });
});

describe("the configuration of the report", () => {
    const folder = temporaryFolder();

    it("is the profile that is named, else the stack's own, else prod", () => {
        assert.equal(profileFor("prod", "dev").name, "dev");
        assert.equal(profileFor("dev", undefined).name, "dev");
        assert.equal(profileFor("frankfurt", undefined).name, "prod");
        assert.throws(() => profileFor("dev", "porD"), /--profile is "porD".*dev, prod, strict/);
    });

    it("takes the level that is said of a rule, else of all, else that of prod", () => {
        const rule = ruleOf("etcd-members-odd");
        const level = (entries: object) => levelOf(rule, { name: "", entries: entries as never });
        assert.equal(level({ "etcd-members-odd": "disabled", all: "advisory" }), "disabled");
        assert.equal(level({ "etcd-members-odd": { minimum: 1 }, all: "advisory" }), "advisory");
        assert.equal(level({}), "mandatory");
    });

    it("asks for warnings only, and keeps every option", () => {
        const entries = {
            "etcd-members-odd": { minimum: 1, exemptions: [exemption] },
            "imds-v2": "remediate",
            budget: "disabled",
        } as never;
        const milder = withoutRefusals(rules, { name: "", entries }) as Record<string, unknown>;
        assert.deepEqual(milder["etcd-members-odd"], {
            minimum: 1,
            exemptions: [exemption],
            enforcementLevel: "advisory",
        });
        assert.deepEqual([milder["imds-v2"], milder["budget"]], ["remediate", "disabled"]);
        assert.ok(!JSON.stringify(milder).includes("mandatory"));
    });

    it("refuses a file that is none, or holds something else", () => {
        const file = path.join(folder, "list.json");
        assert.throws(
            () => configurationIn(file),
            /--config is ".*list\.json": there is no such file/,
        );
        writeFileSync(file, "{");
        assert.throws(() => configurationIn(file), /--config is ".*": .*JSON/);
        writeFileSync(file, "[]");
        assert.throws(() => configurationIn(file), /holds no object/);
    });
});
