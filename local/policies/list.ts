import { type Levels, profiles, type Rule } from "../../policies/frame/rule";
import { table } from "../support/table";

interface Listed extends Pick<Rule, "severity" | "sentence" | "remedy"> {
    readonly check: string;
    readonly rule: string;
    readonly levels: Levels;
}

export const listAsJson = (rules: readonly Rule[]): Listed[] =>
    rules.map(({ id, name, severity, sentence, remedy, levels }) => ({
        check: id,
        rule: name,
        severity,
        sentence,
        remedy,
        levels,
    }));

/** What there is to choose a level for, in few words: docs/policies.md has many. */
export const listAsText = (rules: readonly Rule[]): string =>
    table(
        ["check", "rule", ...profiles, "what must hold"],
        rules.map(({ id, name, levels, sentence }) => [
            id,
            name,
            ...profiles.map((profile) => levels[profile]),
            sentence,
        ]),
    );
