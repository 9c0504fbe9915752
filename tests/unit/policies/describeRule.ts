import assert from "node:assert/strict";
import fc from "fast-check";
import type { Rule } from "../../../policies/frame/rule";
import { judge, type Sample, type Samples, unknown, type Verdict, type Writable } from "./judge";

type Change<S extends Samples> = (samples: S) => unknown;

interface Fault<S extends Samples> {
    readonly change: Change<S>;
    readonly says: RegExp;
    readonly config?: object;
}

export interface Cases<S extends Samples> {
    /** A program that keeps to the rule. Every other case is this one, and what makes the difference. */
    readonly good: S;
    readonly alsoGood?: Readonly<Record<string, Change<S> | Omit<Fault<S>, "says">>>;
    readonly bad: Readonly<Record<string, Fault<S>>>;
    /** Values that a preview may not know and the rule needs. */
    readonly unknown?: Readonly<Record<string, Change<S> | Omit<Fault<S>, "says">>>;
}

/** The tests that every rule has. */
export function describeRule<S extends Samples>(rule: Rule, cases: Cases<S>): void {
    const changed = (change: Change<S> = () => undefined): S => {
        const samples = structuredClone(cases.good);
        change(samples);
        return samples;
    };
    const withConfig = (entry: Change<S> | Omit<Fault<S>, "says">): Omit<Fault<S>, "says"> =>
        typeof entry === "function" ? { change: entry } : entry;
    const holds = (name: string, verdict: Verdict) =>
        assert.deepEqual(
            { violations: verdict.violations, undecided: verdict.undecided },
            { violations: [], undecided: [] },
            name,
        );
    const passes = (under: Rule) => {
        holds("good", judge(under, changed()));
        for (const [name, entry] of Object.entries(cases.alsoGood ?? {})) {
            const { change, config } = withConfig(entry);
            holds(name, judge(under, changed(change), config));
        }
    };
    const fails = (under: Rule, { change, says, config }: Fault<S>) => {
        holds("without the change", judge(under, changed(), config));
        const { violations } = judge(under, changed(change), config);
        assert.equal(violations.length, 1, JSON.stringify(violations));
        assert.match(violations[0]!, says);
    };

    describe(`${rule.name} [${rule.id}]`, () => {
        it("lets pass what keeps to it", () => passes(rule));

        for (const [name, fault] of Object.entries(cases.bad)) {
            it(`refuses ${name}`, () => fails(rule, fault));
        }

        for (const [name, entry] of Object.entries(cases.unknown ?? {})) {
            it(`${rule.unknown === "later" ? "leaves to the update" : "refuses in a preview"} ${name}`, () => {
                const { change, config } = withConfig(entry);
                const { violations, undecided } = judge(rule, changed(change), config);
                if (rule.unknown === "later") {
                    assert.deepEqual(violations, []);
                    assert.match(undecided.join(), /can't be known during preview/);
                } else {
                    assert.match(violations.join(), /not known before the update/);
                }
            });
        }

        if (rule.unknown === "never") {
            it("decides in the preview even if it knows no value at all", () => {
                const samples = changed();
                for (const { props } of Object.values(samples)) {
                    for (const key of Object.keys(props)) props[key] = unknown;
                }
                assert.deepEqual(judge(rule, samples).undecided, []);
            });
        } else {
            it("has tests of what it does about unknown values", () => {
                assert.notDeepEqual(Object.keys(cases.unknown ?? {}), []);
            });
        }

        it("has nothing to say about other resources", () => {
            const other = { type: "test:index:Other", props: {} };
            const { violations, notApplicable } = judge(rule, { other });
            assert.deepEqual(violations, []);
            assert.equal(notApplicable.length, 1);
        });

        it("only warns of a resource that is exempted, and says why it is", () => {
            const day = { reason: "a reason of some length", until: "2999-12-31" };
            for (const { change, config } of Object.values(cases.bad)) {
                const samples = changed(change);
                const everything = [...Object.keys(samples), "stack"];
                const exemptions = everything.map((resource) => ({ resource, ...day }));
                const verdict = judge(rule, samples, { ...config, exemptions });
                assert.deepEqual(verdict.violations, []);
                assert.match(
                    verdict.exempted.join(),
                    /Exempted until 2999-12-31 \(a reason of some length\): \S/,
                );
            }
        });

        it("would not pass these tests if it said nothing, or the same of everything", () => {
            const silent = answering(rule, false);
            for (const fault of Object.values(cases.bad)) {
                assert.throws(() => fails(silent, fault), assert.AssertionError);
            }
            assert.throws(() => passes(answering(rule, true)), assert.AssertionError);
        });

        it("survives whatever stands in a property", () => {
            const ways = Object.entries(cases.good).flatMap(([name, { props }]) =>
                waysIn(props).map((way) => [name, ...way]),
            );
            const junk = fc.oneof(
                fc.constantFrom(
                    null,
                    "",
                    "*",
                    0,
                    -1,
                    1e21,
                    NaN,
                    true,
                    unknown,
                    [],
                    {},
                    [null],
                    [[]],
                ),
                fc.jsonValue({ maxDepth: 3 }),
            );
            fc.assert(
                fc.property(fc.constantFrom(...ways), junk, ([name, ...way], value) => {
                    const samples = changed();
                    replace(samples[name!]!, way, value as Writable);
                    judge(rule, samples);
                }),
                { numRuns: 100 },
            );
        });
    });
}

function answering(rule: Rule, always: boolean): Rule {
    return "checkStack" in rule
        ? { ...rule, checkStack: (_, report) => void (always && report("always")) }
        : { ...rule, check: (_, report) => void (always && report("always")) };
}

/** The ways to everything in it. */
function waysIn(value: unknown): string[][] {
    if (typeof value !== "object" || value === null) return [[]];
    return [
        [],
        ...Object.entries(value).flatMap(([key, inner]) =>
            waysIn(inner).map((way) => [key, ...way]),
        ),
    ];
}

function replace(sample: Sample, way: readonly string[], value: Writable): void {
    if (way.length === 0) {
        sample.props = typeof value === "object" && !Array.isArray(value) ? (value ?? {}) : {};
        return;
    }
    const holder = way.slice(0, -1).reduce((here, key) => here[key] as Writable, sample.props);
    holder[way.at(-1)!] = value;
}
