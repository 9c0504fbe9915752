import { type Level, type Rule, wholeStack } from "../../policies/frame/rule";
import type { OfflinePreview } from "../offline";
import { exemptionFor } from "../../policies/frame/configuration";
import { type Configuration, exemptionsOf, levelOf } from "./configuration";

/** What a rule says of one resource, or of the whole stack. */
export interface Finding {
    readonly resource: string;
    readonly type: string;
    readonly message: string;
}

export type Result = "violation" | "exempted" | "later" | "pass" | "not applicable" | "off";

export interface RuleResult {
    readonly rule: Rule;
    readonly level: Level;
    readonly result: Result;
    /** How many resources it judged; a rule of the whole stack judges one. */
    readonly judged: number;
    readonly violations: readonly Finding[];
    readonly exempted: readonly Finding[];
    /** What the update decides, because a preview does not know enough. */
    readonly later: readonly Finding[];
    /** Exemptions of what does not break the rule, or is called otherwise. */
    readonly unneeded: readonly Finding[];
}

/** As exemptions call what no single resource is to blame for. */
const whole = { name: "stack", type: "" };

const unneeded = "nothing that is called so breaks the rule.";

type Judged = Pick<OfflinePreview, "resources" | "policies">;
type Violation = OfflinePreview["policies"]["violations"][number];

export function resultsOf(
    rules: readonly Rule[],
    configuration: Configuration,
    { resources, policies }: Judged,
): RuleResult[] {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const found = (rule: Rule, { urn = "", message }: Violation): Finding => {
        const { name, type } = byUrn.get(urn) ?? whole;
        const where = type === wholeStack ? whole : { name, type };
        const [, owner = where.name, itsType = where.type, unknown] =
            /value at \.(?:(.+) \((\S+)\)\.)?(.+) can't be known/.exec(message) ?? [];
        return {
            resource: owner,
            type: itsType,
            message: unknown
                ? `${unknown} is known only in the update.`
                : message.replace(rule.sentence, "").trim(),
        };
    };
    return rules.map((rule) => {
        const said = policies.violations.filter(({ policy }) => policy === rule.name);
        const later = said.filter(({ message }) => /can't run policy/.test(message));
        const decided = said.filter((each) => !later.includes(each));
        const exemptions = exemptionsOf(configuration, rule);
        const exemptionOf = ({ urn = "" }: Violation) =>
            exemptionFor({ name: (byUrn.get(urn) ?? whole).name, urn }, exemptions);
        const exempted = decided.filter((each) => exemptionOf(each) !== undefined);
        const needed = exempted.map(exemptionOf);
        const violations = decided.filter((each) => !exempted.includes(each));
        const judged = policies.judgements.filter((each) =>
            [...each.passed, ...each.failed].includes(rule.name),
        ).length;
        const level = levelOf(rule, configuration);
        const findings = {
            violations: violations.map((each) => found(rule, each)),
            exempted: exempted.map((each) => found(rule, each)),
            later: later.map((each) => found(rule, each)),
            unneeded: exemptions
                .filter((each) => !needed.includes(each))
                .map(({ resource }) => ({ resource, type: "", message: unneeded })),
        };
        return { rule, level, judged, ...findings, result: resultOf(level, judged, findings) };
    });
}

function resultOf(
    level: Level,
    judged: number,
    { violations, exempted, later }: Pick<RuleResult, "violations" | "exempted" | "later">,
): Result {
    if (level === "disabled") return "off";
    if (violations.length > 0) return "violation";
    if (exempted.length > 0) return "exempted";
    if (later.length > 0) return "later";
    return judged > 0 ? "pass" : "not applicable";
}

/** Whether a preview or an update with these policies would be refused. */
export const isRefused = (results: readonly RuleResult[]): boolean =>
    results.some(({ result, level }) => result === "violation" && level !== "advisory");
