import { textAt } from "../frame/read";
import type { Resource } from "../frame/rule";

export const commands = ["command:local:Command", "command:remote:Command"] as const;

export interface KarmadactlCall {
    /** The property that holds it. */
    readonly path: string;
    readonly subcommand: string;
    /** What is no flag, after the subcommand. */
    readonly words: readonly string[];
    readonly flags: Readonly<Record<string, string>>;
}

/** The calls of karmadactl in a Command's scripts. What the shell would put in for "$NAME" stays as it is. */
export function karmadactlCalls({ props }: Resource): KarmadactlCall[] {
    return ["create", "update", "delete"].flatMap((path) =>
        splitCommands(textAt(props, path) ?? "").flatMap((words) => {
            const start = words.findIndex((word) => /(^|\/)(kubectl-)?karmada(ctl)?$/.test(word));
            return start < 0 ? [] : [{ path, ...parse(words.slice(start + 1)) }];
        }),
    );
}

function splitCommands(script: string): string[][] {
    return script
        .replaceAll(/\\\r?\n/g, " ")
        .split(/&&|\|\||[;|\n]/)
        .map((command) =>
            (command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []).map((word) =>
                word.replaceAll(/["']/g, ""),
            ),
        );
}

function parse(words: readonly string[]): Omit<KarmadactlCall, "path"> {
    const flags: Record<string, string> = {};
    const others: string[] = [];
    for (let index = 0; index < words.length; index++) {
        const flag = /^--?([^=]+)(?:=(.*))?$/.exec(words[index]!);
        if (flag === null) {
            others.push(words[index]!);
        } else {
            const next = words[index + 1];
            const apart = flag[2] === undefined && next !== undefined && !next.startsWith("-");
            flags[flag[1]!] = apart ? next : (flag[2] ?? "true");
            if (apart) index++;
        }
    }
    const [subcommand = "", ...rest] = others;
    return { subcommand, words: rest, flags };
}
