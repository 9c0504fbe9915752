import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";

/** What the stand-in does with a question: answers, refuses with AWS's code, complains itself, or keeps silent. */
export type AwsAnswer =
    { readonly [field: string]: unknown } | RefusedWith | ComplainsOf | typeof silence;

interface RefusedWith {
    readonly refused: string;
}

interface ComplainsOf {
    readonly complaint: string;
}

export const silence = "silence";
/** By which a process that was left behind is found. */
export const silenceSeconds = 98_765;
export const refused = (code: string): RefusedWith => ({ refused: code });
export const complains = (complaint: string): ComplainsOf => ({ complaint });

/**
 * A program called `aws` that knows these answers and nobody else's. A question is a few words of the
 * command line; where several fit, the one with most words counts.
 */
export function standInAws(
    folder: string,
    answers: Readonly<Record<string, AwsAnswer>>,
    version = "2.31.0",
): string {
    mkdirSync(folder, { recursive: true });
    const questions = Object.entries(answers)
        .map(([question, answer]) => ({ words: question.split(" "), answer }))
        .sort((one, other) => other.words.length - one.words.length);
    const cases = questions.map(({ words, answer }) => {
        const fits = words.map((word) => `has '${word}'`).join(" && ");
        return `if ${fits}; then ${reaction(answer)}; fi`;
    });
    const program = [
        "#!/bin/sh",
        `[ "$1" = --version ] && echo 'aws-cli/${version} Python/3.13.7 Linux/6' && exit`,
        'has() { case " $given " in *" $1 "*) return 0 ;; esac; return 1; }',
        'given="$*"',
        ...cases,
        'echo "nobody has told what to answer to: aws $given" >&2; exit 252',
    ].join("\n");
    writeFileSync(path.join(folder, "aws"), program, { mode: 0o700 });
    return folder;
}

function reaction(answer: AwsAnswer): string {
    // It does not end with the shell that started it.
    if (answer === silence) return `/bin/sleep ${silenceSeconds}; exit`;
    if ("refused" in answer) {
        return `echo 'An error occurred (${answer.refused}) when calling it: no' >&2; exit 254`;
    }
    if ("complaint" in answer) return `printf '%s\\n' '${answer.complaint}' >&2; exit 252`;
    return `printf '%s\\n' '${JSON.stringify(answer)}'; exit`;
}
