import { markdownTable } from "../../policies/frame/markdown";
import type { Finding, Result, RuleResult } from "./results";

const words: Readonly<Record<Result, string>> = {
    violation: "violation",
    exempted: "exempted",
    later: "the update decides",
    pass: "pass",
    "not applicable": "not applicable",
    off: "off",
};

export interface About {
    readonly stack: string;
    readonly configuration: string;
}

/** For a pull request, or a page of one's own. */
export function reportAsMarkdown(about: About, results: readonly RuleResult[]): string {
    const rows = results.map(({ rule, level, result, ...counted }) => [
        rule.id,
        rule.name,
        level,
        words[result],
        ...[counted.judged, ...countsOf(counted)].map((count) => String(count || "")),
    ]);
    const head = ["check", "rule", "level", "result", "judged", "violations", "exempted", "later"];
    return [
        `# Policies of the stack ${about.stack}, by ${about.configuration}\n`,
        `${summary(results)}\n`,
        markdownTable([head, ...rows]),
        ...chapter("Violations", results, "violations"),
        ...chapter("Exempted", results, "exempted"),
        ...chapter("Left to the update", results, "later"),
        ...chapter("Exemptions that nothing needs", results, "unneeded"),
    ].join("\n");
}

type Kind = "violations" | "exempted" | "later" | "unneeded";

const countsOf = ({
    violations,
    exempted,
    later,
}: Pick<RuleResult, "violations" | "exempted" | "later">) =>
    [violations, exempted, later].map(({ length }) => length);

function summary(results: readonly RuleResult[]): string {
    const counted = (Object.keys(words) as Result[])
        .map((result) => [words[result], results.filter((each) => each.result === result).length])
        .filter(([, count]) => (count as number) > 0)
        .map(([word, count]) => `${word} ${count}`);
    return `${results.length} rules: ${counted.join(", ")}.`;
}

function chapter(title: string, results: readonly RuleResult[], kind: Kind): string[] {
    const sections = results
        .filter((each) => each.result !== "off" && each[kind].length > 0)
        .map((each) => {
            const findings = each[kind].map(
                ({ resource, type, message }) =>
                    `- \`${resource}\`${type && ` (\`${type}\`)`}: ${message.replaceAll("\n", " ")}`,
            );
            const remedy = kind === "violations" ? `\n${each.rule.remedy}\n` : "";
            const heading = `### ${each.rule.name} (${each.rule.id}, ${each.level})`;
            return `${heading}\n\n${findings.join("\n")}\n${remedy}`;
        });
    return sections.length === 0 ? [] : [`## ${title}\n`, ...sections];
}

interface RuleAsJson {
    readonly check: string;
    readonly rule: string;
    readonly level: string;
    readonly result: Result;
    readonly judged: number;
    readonly violations: readonly Finding[];
    readonly exempted: readonly Finding[];
    readonly later: readonly Finding[];
    readonly unneeded: readonly Finding[];
}

export const reportAsJson = (
    about: About,
    results: readonly RuleResult[],
): About & { readonly rules: readonly RuleAsJson[] } => ({
    ...about,
    rules: results.map(({ rule, ...result }) => ({ check: rule.id, rule: rule.name, ...result })),
});
