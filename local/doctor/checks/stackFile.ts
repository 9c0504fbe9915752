import { existsSync, readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { parseSettings } from "../../../stacks/parseSettings";
import { readConfig } from "../../engine/stackFile";
import { withoutCiphers } from "../../offline/stackFile";
import { UserError } from "../../support/errors";
import type { Check } from "../context";
import { type Finding, ok, problem, warning } from "../finding";

const subject = "stack file";

/** Whether the program will take it, and whether the examples in it have been replaced. */
export const stackFileIsGood: Check = {
    subject,
    examine: async ({ stackFile }) => {
        const file = path.basename(stackFile);
        if (!existsSync(stackFile)) {
            const others = readdirSync(path.dirname(stackFile)).filter((each) =>
                /^Pulumi\.[\w-]+\.yaml$/.test(each),
            );
            const remedy = `Copy one of ${others.join(", ")} and edit it, or name another stack.`;
            return [problem(subject, `there is no ${file}`, remedy)];
        }
        const config = configOf(stackFile);
        if (typeof config === "string") {
            return [problem(subject, config, "Compare it with Pulumi.dev.yaml.")];
        }
        const parsed = parseSettings(config);
        const found =
            "problems" in parsed
                ? parsed.problems.map(({ path: key, message }) =>
                      problem(subject, `${key} ${message}`, `Edit ${file}.`),
                  )
                : [ok(subject, `${file} is understood`)];
        return [...found, ...placeholdersIn(file, readFileSync(stackFile, "utf8"))];
    },
};

/** Or why it cannot be read. */
function configOf(stackFile: string): Record<string, unknown> | string {
    try {
        return withoutCiphers(readConfig(stackFile)) as Record<string, unknown>;
    } catch (error) {
        if (error instanceof UserError) return error.message;
        throw error;
    }
}

/** Written in documents in the place of somebody's own; none of them leads anywhere. */
const placeholders = [
    [/\b(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+(?:\/\d+)?/g, "addresses of yours"],
    [/\b(?:111122223333|123456789012|444455556666)\b/g, "the number of your AWS account"],
    [/[\w.@-]*\bexample\.(?:com|org|net)\b/g, "a name or an address of yours"],
] as const;

function placeholdersIn(file: string, text: string): Finding[] {
    const lines = text.split("\n").map((line) => line.replace(/(?:^|\s)#.*$/, ""));
    return placeholders.flatMap(([pattern, instead]) => {
        const places = lines.flatMap((line, at) => (line.match(pattern) ? [at + 1] : []));
        const found = new Set(lines.flatMap((line) => line.match(pattern) ?? []));
        if (places.length === 0) return [];
        const lineOrLines = places.length === 1 ? "line" : "lines";
        const verb = found.size === 1 ? "is an example" : "are examples";
        const message = `${[...found].join(", ")} in ${lineOrLines} ${places.join(", ")} of ${file} ${verb}`;
        return [warning(subject, message, `Put ${instead} there.`)];
    });
}
