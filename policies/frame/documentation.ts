import { defaultsOf } from "./configuration";
import { type Level, type Profile, profiles, type Rule } from "./rule";

/** A configuration file that says all of a profile: to be used as it is, or to be copied and changed. */
export function profileFile(rules: readonly Rule[], profile: Profile): string {
    const entries = rules.map((rule) => {
        const options = Object.entries(defaultsOf(rule, profile));
        const level = rule.levels[profile];
        return options.length === 0 || level === "disabled"
            ? [rule.name, level]
            : [rule.name, { enforcementLevel: level, ...Object.fromEntries(options) }];
    });
    const text = JSON.stringify(Object.fromEntries(entries), undefined, 2);
    const onOneLine = (list: string) =>
        list
            .replaceAll(/\s*\n\s*/g, " ")
            .replace("[ ", "[")
            .replace(" ]", "]");
    return `${text.replaceAll(/\[[^\]]*\]/g, onOneLine)}\n`;
}

const introduction = `# Policies

<!-- Written by "npm run policies" from the rules in policies/rules. -->

The policy pack in \`policies/\` judges a program before anything is created: what its resources say, those of
this library and those of anybody else's. A violation at level mandatory ends a preview or an update with an
exit code that is not 0.

\`\`\`sh
pulumi preview --policy-pack policies
pulumi up --policy-pack policies --policy-pack-config policies/profiles/dev.json
\`\`\`

## Profiles

\`policies/profiles/\` has a configuration file for each of three profiles. Without one, prod holds.

- **dev** refuses what would not work, or would be dangerous anywhere.
- **prod** also refuses what does not survive the loss of a zone, or of somebody's laptop.
- **strict** leaves nothing at a mere warning.

A configuration of one's own is a file with those rules that differ from prod, each with a level, its options,
and what it does not hold for:

\`\`\`json
{
  "load-balancer-internal": {
    "enforcementLevel": "mandatory",
    "exemptions": [
      {
        "resource": "karmada-endpoint",
        "reason": "Members in two other clouds call from the internet.",
        "until": "2027-03-31"
      }
    ]
  }
}
\`\`\`

\`resource\` is a name in the program or a URN; \`stack\` is for what no single resource is to blame for. From the
day after \`until\` the configuration is refused, and with it every run, until somebody decides anew. Names and
options that no rule has, values of the wrong kind or out of range, and exemptions without a reason are refused
before the program runs, all at once.

The level \`remediate\` sets right, before it is created, what a rule that says so can set right.

## What a preview does not know

Some values are known only once others have been created. A rule either leaves the decision to the update, which
asks it again before it makes the resource (before it ends, where the rule judges the whole program); the preview
says so as a warning. Or it refuses: names and counts belong into the program as literals.
`;

export function documentation(rules: readonly Rule[]): string {
    return [introduction, overview(rules), ...rules.map(describe)].join("\n");
}

function overview(rules: readonly Rule[]): string {
    const rows = rules.map((rule) => [
        rule.id,
        `[${rule.name}](#${rule.name})`,
        rule.severity,
        ...profiles.map((profile) => rule.levels[profile]),
    ]);
    return `## The rules\n\n${table([["check", "rule", "severity", ...profiles], ...rows])}`;
}

function table([head, ...rows]: readonly (readonly string[])[]): string {
    const widths = head!.map((_, column) =>
        Math.max(3, ...[head!, ...rows].map((row) => row[column]!.length)),
    );
    const line = (row: readonly string[]) =>
        `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
    const rule = widths.map((width) => "-".repeat(width));
    return `${[head!, rule, ...rows].map(line).join("\n")}\n`;
}

const inWords: Readonly<Record<Level, string>> = {
    disabled: "off",
    advisory: "a warning",
    mandatory: "mandatory",
    remediate: "set right",
};

function describe(rule: Rule): string {
    const judged = "checkStack" in rule ? rule.concerns : rule.types;
    const levels = profiles.map((profile) => `${profile} ${inWords[rule.levels[profile]]}`);
    const options = Object.entries(rule.options ?? {}).map(([name, { schema }]) => {
        const values = profiles.map(
            (profile) => `${profile} \`${JSON.stringify(defaultsOf(rule, profile)[name])}\``,
        );
        return `  - \`${name}\`: ${schema.description} In ${values.join(", ")}.`;
    });
    const canRemediate = "remediate" in rule && rule.remediate !== undefined;
    const facts = [
        `- ${rule.id}, severity ${rule.severity}; in ${levels.join(", in ")}`,
        `- Remedy: ${rule.remedy}`,
        ...(canRemediate ? ["- The level `remediate` sets it right."] : []),
        `- What a preview does not know is ${rule.unknown === "later" ? "left to the update" : "refused"}.`,
        `- Judges ${"checkStack" in rule ? "the whole program, where it has one of" : "each"} ${judged.map((type) => `\`${type}\``).join(", ")}`,
        ...(rule.anchors.length > 0 ? [`- Also asked for by ${rule.anchors.join(", ")}`] : []),
        ...(options.length > 0 ? ["- Options", ...options] : []),
    ];
    return `### ${rule.name}\n\n${rule.sentence}\n\n${facts.join("\n")}\n`;
}
