import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../../local/support/root";
import { documentation, profileFile } from "../../../policies/frame/documentation";
import { toPolicy } from "../../../policies/frame/policy";
import { profiles } from "../../../policies/frame/rule";
import { rules } from "../../../policies/rules";
import { checks } from "./checks";

const read = (...place: string[]) => readFileSync(path.join(projectRoot, ...place), "utf8");

describe("the rules of the policy pack", () => {
    it("have names of their own, in lower case with hyphens", () => {
        const names = rules.map(({ name }) => name);
        assert.deepEqual(names, [...new Set(names)]);
        for (const name of names) assert.match(name, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    });

    it("cover every check there must be, and no others", () => {
        const covered = new Set(rules.map(({ id }) => id));
        assert.deepEqual([...covered].sort(), Object.keys(checks).sort());
    });

    it("say what must hold, and what to do, in whole sentences", () => {
        for (const { name, sentence, remedy } of rules) {
            assert.match(sentence, /^[A-Za-z].*\.$/, name);
            assert.match(remedy, /^[A-Z].*\.$/, name);
        }
    });

    it("are all in the pack, one to a file, each with tests", () => {
        const folder = path.join(projectRoot, "policies", "rules");
        const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
            .filter((file) => file.endsWith(".ts"))
            .map((file) => path.basename(file, ".ts"));
        assert.equal(files.length, rules.length);
        const specs = readdirSync(__dirname)
            .filter((file) => file.endsWith(".spec.ts"))
            .map((file) => readFileSync(path.join(__dirname, file), "utf8"))
            .join("\n");
        for (const file of files) assert.ok(specs.includes(`describeRule(${file},`), file);
    });

    it("grow no milder from dev over prod to strict", () => {
        const order = ["disabled", "advisory", "mandatory"];
        for (const { name, levels } of rules) {
            const ranks = profiles.map((profile) => order.indexOf(levels[profile]));
            assert.deepEqual(ranks, [...ranks].sort(), name);
            assert.equal(levels.strict, "mandatory", name);
        }
    });

    it("reach the engine with severity, remedy and the names others know them by", () => {
        for (const rule of rules) {
            const policy = toPolicy(rule);
            assert.equal(policy.enforcementLevel, rule.levels.prod);
            assert.equal(policy.severity, rule.severity);
            assert.equal(policy.remediationSteps, rule.remedy);
            assert.deepEqual(policy.tags, [rule.id, ...rule.anchors]);
        }
    });

    it("are written down as they are; otherwise run npm run policies -- --write-docs", () => {
        assert.equal(read("docs", "policies.md"), documentation(rules));
        for (const profile of profiles) {
            const file = read("policies", "profiles", `${profile}.json`);
            assert.equal(file, profileFile(rules, profile), profile);
        }
    });

    it("have the version of the library", () => {
        const versionIn = (...place: string[]) =>
            (JSON.parse(read(...place)) as { version: string }).version;
        assert.equal(versionIn("policies", "package.json"), versionIn("package.json"));
    });
});
