import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { nearest } from "../../components/support/spelling";
import type { Bag, Chosen, Options, Profile, Rule } from "./rule";

/** A resource for which a rule does not hold for a while. */
export interface Exemption {
    /** Its name in the program or its URN; "stack" for what no single resource is to blame for. */
    readonly resource: string;
    readonly reason: string;
    /** The last day, e.g. "2027-03-31". */
    readonly until: string;
}

export const exemptionsSchema: PolicyConfigJSONSchema = {
    type: "array",
    description: "Resources for which the rule does not hold: which, why, and until when.",
    items: {
        type: "object",
        required: ["resource", "reason", "until"],
        additionalProperties: false,
        properties: {
            resource: { type: "string", minLength: 1 },
            reason: { type: "string", minLength: 10 },
            until: {
                type: "string",
                pattern: "^\\d{4}-\\d{2}-\\d{2}$",
                description: 'a day such as "2027-03-31"',
            },
        },
    },
    default: [],
};

/** What the engine holds a configuration file against, and takes the defaults from. */
export function schemaOf({ options = {} }: Rule): Record<string, PolicyConfigJSONSchema> {
    const declared = Object.entries(options).map(([name, { schema, default: value }]) => [
        name,
        { ...schema, default: value },
    ]);
    return { ...Object.fromEntries(declared), exemptions: exemptionsSchema };
}

export function defaultsOf({ options = {} }: Rule, profile: Profile = "prod"): Bag {
    return Object.fromEntries(
        Object.entries(options).map(([name, option]) => [
            name,
            (profile === "prod" ? undefined : option[profile]) ?? option.default,
        ]),
    );
}

export function optionsOf(
    rule: Rule,
    configured: object,
): { readonly exemptions: readonly Exemption[]; readonly options: Chosen<Options> } {
    const { exemptions = [], ...options } = configured as { exemptions?: readonly Exemption[] };
    return { exemptions, options: { ...defaultsOf(rule), ...options } as Chosen<Options> };
}

export function exemptionFor(
    { name, urn }: { readonly name: string; readonly urn: string },
    exemptions: readonly Exemption[],
): Exemption | undefined {
    return exemptions.find(({ resource }) => resource === name || resource === urn);
}

/** By this name a configuration gives the level of all rules that it gives none of their own. */
export const allRules = "all";

/** What the engine lets pass of a configuration and would then do nothing, or no longer the right thing. */
export function checkConfiguration(
    rules: readonly Rule[],
    configuration: Readonly<Record<string, Bag>>,
    today: string,
): string[] {
    return Object.entries(configuration).flatMap(([name, given]) => {
        // The engine has given each rule that level before it asks.
        if (name === allRules) return [];
        const rule = rules.find((each) => each.name === name);
        if (rule === undefined) {
            const meant = nearest(
                name,
                rules.map((each) => each.name),
            );
            const hint = meant === undefined ? "" : ` did you mean "${meant}"?`;
            return [`"${name}" is no rule;${hint} docs/policies.md lists their names.`];
        }
        const known = ["enforcementLevel", ...Object.keys(schemaOf(rule))];
        const misspelt = Object.keys(given)
            .filter((option) => !known.includes(option))
            .map((option) => `${name}: "${option}" is no option; it has ${known.join(", ")}.`);
        const { exemptions } = optionsOf(rule, given);
        const ended = exemptions.flatMap(({ resource, until }, index) => {
            const path = `${name}: exemptions[${index}] (${resource}).until`;
            if (!isDay(until)) return [`${path} is "${until}", which is no day.`];
            return until < today
                ? [`${path} was ${until}: mend the resource, or say until when it is accepted now.`]
                : [];
        });
        return [...misspelt, ...ended];
    });
}

/** Of the calendar: the 30th of February would be taken for one of March. */
function isDay(text: string): boolean {
    const day = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
