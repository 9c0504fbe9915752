import { defaultsOf } from "./configuration";
import { markdownTable } from "./markdown";
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

/** What a rule does about values that are not known. */
const meanings = {
    "needs none": "decides in the preview, whatever is not known",
    refuses:
        "decides in the preview: names and counts belong into the program as literals, and what is not known is a violation",
    waits: "decides in the preview if it can, else warns, and decides in the update, before the resource is made",
    "waits for the end":
        "judges the whole program: decides in the preview if it can, else warns, and decides when the update ends",
};

function onUnknown(rule: Rule): keyof typeof meanings {
    if (rule.unknown === "never") return "needs none";
    if (rule.unknown === "refused") return "refuses";
    return "checkStack" in rule ? "waits for the end" : "waits";
}

const introduction = `# Policies

<!-- Written by "npm run policies -- --write-docs" from the rules in policies/rules. -->

The policy pack in \`policies/\` judges a program before anything is created: what its resources say, those of
this library and those of anybody else's. A violation at level mandatory ends a preview or an update with an
exit code that is not 0.

\`\`\`sh
pulumi preview --policy-pack policies
pulumi up --policy-pack policies --policy-pack-config policies/profiles/dev.json
\`\`\`

The npm package brings it as \`node_modules/pulumi-karmada-eks/dist/policies\`, compiled into one file. A preview takes
about an eighth longer with it ([figures](benchmarks.md#the-policy-pack)).

Nobody is kept from leaving the two options out. Whoever needs certainty runs Pulumi where only the pipeline has the
credentials, or lets Pulumi Cloud enforce the pack for its organization.

For a stack of this repository, the report needs no account: it previews the real program on a simulated AWS.

\`\`\`sh
npm run policies -- -s prod                   # by the profile with the stack's name, else by prod
npm run policies -- -s prod --profile strict
npm run policies -- -s prod --config own.json --json
npm run -s policies                           # only the list of the rules, with their levels
\`\`\`

It says of each rule whether the stack passes, violates it, is exempted, leaves it to the update, or has nothing to
judge, and ends with exit code 1 where the rule would refuse. Nothing exists yet in that simulation, so how long
certificates still hold is judged only where Pulumi knows the real stack.

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
        "resource": "karmada-lb",
        "reason": "Members in two other clouds call from the internet.",
        "until": "2027-03-31"
      }
    ]
  }
}
\`\`\`

\`resource\` is a name in the program or a URN; \`stack\` is for what no single resource is to blame for. What is
exempted stays in sight, as a warning with its reason. From the day after \`until\` the configuration is refused, and
with it every run, until somebody decides anew. A reason has ten characters or more. Names and options that no rule has, values of the wrong kind or out
of range, and exemptions without a reason are refused before the program runs.

The level \`remediate\`, which no profile uses, sets right what is safe to set right, before it is created: of the
rules that say so below. What it cannot set right it refuses, as mandatory does.

## What the pack does not see

It judges what a Pulumi program declares, by the providers \`aws\`, \`kubernetes\`, \`tls\` and \`command\`: not what
\`aws-native\` declares, nor what is in the account already. Of Helm releases it reads the values of Karmada's own
chart, not what other charts render; of scripts in \`command\` it reads calls of \`karmadactl\`, as far as they
stand there in words. A rule of the whole program sees the resources of one stack: a member that another
stack declares may have the same name, and only Karmada would tell.

## What a preview does not know

Some values are known only once other resources have been created. What a rule does about those that it needs is
in the column _unknowns_:

${markdownTable([["word", "the rule"], ...Object.entries(meanings)])}
Of the last, what was made before the refusal is there: look at the warnings of a preview before you let the update
begin.
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
        onUnknown(rule),
    ]);
    return `## The rules\n\n${markdownTable([["check", "rule", "severity", ...profiles, "unknowns"], ...rows])}`;
}

const inWords: Readonly<Record<Level, string>> = {
    disabled: "off",
    advisory: "a warning",
    mandatory: "mandatory",
    remediate: "set right",
};

function values(rule: Rule, option: string): string {
    const shown = profiles.map((profile) => JSON.stringify(defaultsOf(rule, profile)[option]));
    return new Set(shown).size === 1
        ? `In every profile \`${shown[0]}\``
        : `In ${profiles.map((profile, at) => `${profile} \`${shown[at]}\``).join(", ")}`;
}

function describe(rule: Rule): string {
    const judged = "checkStack" in rule ? rule.concerns : rule.types;
    const levels = profiles.map((profile) => `${profile} ${inWords[rule.levels[profile]]}`);
    const options = Object.entries(rule.options ?? {}).map(
        ([name, { schema }]) => `  - \`${name}\`: ${schema.description} ${values(rule, name)}.`,
    );
    const canRemediate = "remediate" in rule && rule.remediate !== undefined;
    const facts = [
        `- ${rule.id}, severity ${rule.severity}; in ${levels.join(", in ")}`,
        `- Remedy: ${rule.remedy}`,
        ...(canRemediate ? ["- The level `remediate` sets it right."] : []),
        `- [Unknown values](#what-a-preview-does-not-know): ${onUnknown(rule)}`,
        `- Judges ${"checkStack" in rule ? "the whole program, where it has one of" : "each"} ${judged.map((type) => `\`${type}\``).join(", ")}`,
        ...(rule.anchors.length > 0 ? [`- Also asked for by ${rule.anchors.join(", ")}`] : []),
        ...(options.length > 0 ? ["- Options", ...options] : []),
    ];
    return `### ${rule.name}\n\n${rule.sentence}\n\n${facts.join("\n")}\n`;
}
