import type { Check } from "../context";
import { type Finding, ok, problem, warning } from "../finding";

const subject = "stack file";

/** Whether the program will take it, and whether the examples in it have been replaced. */
export const stackFileIsGood: Check = {
    subject,
    examine: async ({ stackFile: { name, text, unreadable, problems } }) => {
        if (unreadable !== undefined) {
            return [problem(subject, unreadable, "Compare it with Pulumi.dev.yaml.")];
        }
        const found = problems.map(({ path: key, message }) =>
            problem(subject, `${key} ${message}`, `Edit ${name}.`),
        );
        return [
            ...(found.length > 0 ? found : [ok(subject, `${name} is understood`)]),
            ...placeholdersIn(name, text),
        ];
    },
};

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
