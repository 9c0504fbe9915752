import { readFileSync } from "node:fs";
import * as path from "node:path";
import {
    allRules,
    checkConfiguration,
    type Exemption,
    exemptionsSchema,
    schemaOf,
} from "../../policies/frame/configuration";
import { type Bag, type Level, type Profile, profiles, type Rule } from "../../policies/frame/rule";
import { valueProblems } from "../../policies/frame/valueProblems";
import { rules } from "../../policies/rules";
import { UserError } from "../support/errors";
import { projectRoot } from "../support/root";

type Entry = Level | { readonly enforcementLevel?: Level; readonly [option: string]: unknown };

/** A configuration of the policies: as `pulumi --policy-pack-config` takes it. */
export interface Configuration {
    /** By what people call it: the name of a profile, or a file. */
    readonly name: string;
    readonly entries: Readonly<Record<string, Entry>>;
}

const levels: Level[] = ["advisory", "mandatory", "remediate", "disabled"];
const pack = path.join(projectRoot, "policies");
const fileOf = (profile: Profile) => path.join(pack, "profiles", `${profile}.json`);
const isProfile = (name: string): name is Profile => (profiles as readonly string[]).includes(name);

/** The profile that is named; else the one that is called as the stack is; else prod. */
export function profileFor(stack: string, profile: string | undefined): Configuration {
    if (profile !== undefined && !isProfile(profile)) {
        throw new UserError(
            `--profile is "${profile}", which is none: use ${profiles.join(", ")}, or --config with a file.`,
        );
    }
    const chosen = profile ?? (isProfile(stack) ? stack : "prod");
    return { ...configurationIn(fileOf(chosen)), name: chosen };
}

export function configurationIn(file: string): Configuration {
    let entries: unknown;
    try {
        entries = JSON.parse(readFileSync(file, "utf8"));
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        const why = code === "ENOENT" ? "there is no such file" : message;
        throw new UserError(`--config is "${file}": ${why}.`);
    }
    if (typeof entries !== "object" || entries === null || Array.isArray(entries)) {
        throw new UserError(
            `--config is "${file}", which holds no object: write { "RULE": "LEVEL" or { "enforcementLevel": "LEVEL", … } }.`,
        );
    }
    const problems = problemsIn(entries as Bag);
    if (problems.length > 0) {
        throw new UserError([`--config is "${file}":`, ...problems].join("\n  - "));
    }
    return { name: file, entries: entries as Configuration["entries"] };
}

/** The engine would tell them too, but a group at a time, and after the program has run. */
function problemsIn(entries: Bag): string[] {
    const level = { enum: levels };
    const shapes = Object.entries(entries).flatMap(([name, entry]) => {
        const rule = rules.find((each) => each.name === name);
        if (typeof entry !== "object") return valueProblems(name, entry, level);
        const properties = { ...(rule && schemaOf(rule)), enforcementLevel: level };
        return valueProblems(name, entry, { type: "object", properties });
    });
    const today = new Date().toISOString().slice(0, 10);
    const options = Object.fromEntries(
        Object.entries(entries).map(([name, entry]) => [name, optionsIn(entry)]),
    );
    return [...shapes, ...checkConfiguration(rules, options, today)];
}

/** Of an entry's options those whose shape is right, or else told already. */
function optionsIn(entry: unknown): Bag {
    if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return {};
    const { exemptions, ...options } = entry as Bag;
    const isSound = valueProblems("", exemptions, exemptionsSchema).length === 0;
    return isSound ? { ...options, exemptions } : options;
}

/** The level at which the rule holds: what the file says of it, of all, or what it has from prod. */
export function levelOf(rule: Rule, { entries }: Configuration): Level {
    const levelIn = (name: string) => {
        const entry = entries[name];
        return typeof entry === "string" ? entry : entry?.enforcementLevel;
    };
    return levelIn(rule.name) ?? levelIn(allRules) ?? rule.levels.prod;
}

export function exemptionsOf({ entries }: Configuration, { name }: Rule): readonly Exemption[] {
    const entry = entries[name];
    if (typeof entry !== "object") return [];
    return (entry["exemptions"] as Exemption[] | undefined) ?? [];
}

/**
 * The same, with a warning in the place of each refusal: the engine asks rules of the whole program only where
 * no resource was refused, and whoever wants a report wants all of it.
 */
export function withoutRefusals(rules: readonly Rule[], configuration: Configuration): object {
    const { entries } = configuration;
    const milder = rules
        .filter((rule) => levelOf(rule, configuration) === "mandatory")
        .map(({ name }) => {
            const entry = entries[name];
            const options = typeof entry === "object" ? entry : {};
            return [name, { ...options, enforcementLevel: "advisory" }];
        });
    return { ...entries, ...Object.fromEntries(milder) };
}
