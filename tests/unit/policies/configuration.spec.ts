import assert from "node:assert/strict";
import {
    checkConfiguration,
    defaultsOf,
    optionsOf,
    schemaOf,
} from "../../../policies/frame/configuration";
import { profiles } from "../../../policies/frame/rule";
import { rules } from "../../../policies/rules";
import { etcdMembersOdd } from "../../../policies/rules/karmada/etcdMembersOdd";

const today = "2026-11-21";
const exemption = { resource: "etcd", reason: "It is a test.", until: today };
const check = (configuration: Record<string, Record<string, unknown>>) =>
    checkConfiguration(rules, configuration, today);

describe("the configuration of the policies", () => {
    it("is taken as it is when every name in it is known", () => {
        const options = { minimum: 3, exemptions: [exemption] };
        assert.deepEqual(check({ "etcd-members-odd": options, weights: {}, all: {} }), []);
    });

    it("is refused for everything that is wrong with it at once", () => {
        const ended = { ...exemption, until: "2026-11-20" };
        const never = { ...exemption, until: "2027-02-30" };
        const problems = check({
            "etcd-memebrs-odd": {},
            "etcd-members-odd": { maximum: 5, exemptions: [exemption, ended, never] },
        });
        assert.deepEqual(problems, [
            '"etcd-memebrs-odd" is no rule; did you mean "etcd-members-odd"? docs/policies.md lists their names.',
            'etcd-members-odd: "maximum" is no option; it has enforcementLevel, minimum, exemptions.',
            "etcd-members-odd: exemptions[1] (etcd).until was 2026-11-20: mend the resource, or say until when it is accepted now.",
            'etcd-members-odd: exemptions[2] (etcd).until is "2027-02-30", which is no day.',
        ]);
    });

    it("has for each option a value in each profile", () => {
        for (const rule of rules) {
            for (const profile of profiles) {
                const values = Object.values(defaultsOf(rule, profile));
                assert.equal(values.length, Object.keys(rule.options ?? {}).length, rule.name);
                assert.ok(!values.includes(undefined), rule.name);
            }
        }
    });

    it("lets what is given go before what is the default", () => {
        assert.deepEqual(optionsOf(etcdMembersOdd, {}).options, { minimum: 3 });
        assert.deepEqual(optionsOf(etcdMembersOdd, { minimum: 1 }).options, { minimum: 1 });
        assert.deepEqual(defaultsOf(etcdMembersOdd, "dev"), { minimum: 1 });
    });

    it("asks of every exemption which resource, why and until when", () => {
        const { items } = schemaOf(etcdMembersOdd).exemptions as {
            items: { required: string[]; additionalProperties: boolean };
        };
        assert.deepEqual(items.required, ["resource", "reason", "until"]);
        assert.equal(items.additionalProperties, false);
    });
});
