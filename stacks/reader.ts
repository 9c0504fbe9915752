import { type Problem, shown } from "../components/support/problems";
import { nearest } from "./spelling";

/** Reads one mapping of a stack file; collects what is wrong instead of stopping at it. */
export class Reader {
    private readonly known = new Set<string>();

    private constructor(
        readonly path: string,
        private readonly values: Readonly<Record<string, unknown>>,
        private readonly problems: Problem[],
        private readonly separator: string,
    ) {}

    /** The top of a stack file: its keys begin with the project's name. */
    static top(
        namespace: string,
        values: Readonly<Record<string, unknown>>,
        problems: Problem[],
    ): Reader {
        const own = Object.entries(values)
            .filter(([key]) => key.startsWith(`${namespace}:`))
            .map(([key, value]) => [key.slice(namespace.length + 1), value]);
        return new Reader(namespace, Object.fromEntries(own), problems, ":");
    }

    /** Full name of a key, as it is shown in messages. */
    at(key: string): string {
        return `${this.path}${this.separator}${key}`;
    }

    text(key: string): string {
        return this.required(key, kinds.text) ?? "";
    }

    optionalText(key: string): string | undefined {
        return this.optional(key, kinds.text);
    }

    /** A number of any value: which ones make sense is for the component to say. */
    number(key: string): number {
        return this.required(key, kinds.number) ?? 0;
    }

    optionalNumber(key: string): number | undefined {
        return this.optional(key, kinds.number);
    }

    numbers(key: string): readonly number[] | undefined {
        return this.optional(key, kinds.numbers);
    }

    flag(key: string): boolean | undefined {
        return this.optional(key, kinds.flag);
    }

    texts(key: string): readonly string[] | undefined {
        return this.optional(key, kinds.texts);
    }

    /** A mapping whose keys are the user's own. */
    weights(key: string): Readonly<Record<string, number>> {
        const values = this.required(key, kinds.weights) ?? {};
        return values as Readonly<Record<string, number>>;
    }

    /** A mapping whose keys are the user's own. */
    labels(key: string): Readonly<Record<string, string>> | undefined {
        return this.optional(key, kinds.labels);
    }

    mapping(key: string): Reader {
        return this.child(this.at(key), this.required(key, kinds.mapping) ?? {});
    }

    optionalMapping(key: string): Reader | undefined {
        const values = this.optional(key, kinds.mapping);
        return values && this.child(this.at(key), values);
    }

    mappings(key: string): Reader[] {
        return this.children(key, this.required(key, kinds.mappings));
    }

    optionalMappings(key: string): Reader[] {
        return this.children(key, this.optional(key, kinds.mappings));
    }

    /** A closed set of words. */
    choice<T extends string>(key: string, choices: Readonly<Record<string, T>>): T {
        const words = Object.values(choices);
        const wanted = words.join(" or ");
        return this.chosen(key, words, this.required(key, { ...kinds.text, wanted })) ?? words[0]!;
    }

    optionalChoice<T extends string>(
        key: string,
        choices: Readonly<Record<string, T>>,
    ): T | undefined {
        return this.chosen(key, Object.values(choices), this.optionalText(key));
    }

    /** A list of words of a closed set. */
    choices<T extends string>(
        key: string,
        choices: Readonly<Record<string, T>>,
    ): readonly T[] | undefined {
        const words = Object.values(choices);
        return this.texts(key)?.flatMap((word, at) => {
            const choice = this.chosen(`${key}[${at}]`, words, word);
            return choice === undefined ? [] : [choice];
        });
    }

    /**
     * The components' own findings, under the keys of the stack file; none where what they look at is
     * not even of the right type. Under `keys` are the keys that have another name here; those without
     * any are told elsewhere.
     */
    check(
        findings: () => readonly Problem[],
        keys: Readonly<Record<string, string | undefined>> = {},
    ): void {
        if (!this.sound()) return;
        for (const { path, message } of findings()) {
            const [key] = path.split(/(?=[.[])/, 1);
            const here = key! in keys ? keys[key!] : key;
            if (here !== undefined) this.report(here + path.slice(key!.length), message);
        }
    }

    reportAll(problems: readonly Problem[]): void {
        problems.forEach(({ path, message }) => this.report(path, message));
    }

    /** Whether nothing has been wrong so far with what this mapping has. */
    sound(): boolean {
        const beginning = `${this.path}${this.separator}`;
        return !this.problems.some(({ path }) => path.startsWith(beginning));
    }

    /** To be called when every key that means something was asked for. */
    refuseOthers(): void {
        const known = [...this.known];
        for (const key of Object.keys(this.values).filter((each) => !this.known.has(each))) {
            const meant = nearest(key, known);
            const hint =
                meant === undefined
                    ? `the keys here are: ${known.sort().join(", ")}`
                    : `did you mean "${meant}"?`;
            this.report(key, `is not a key of this program; ${hint}`);
        }
    }

    report(key: string, message: string): void {
        this.problems.push({ path: this.at(key), message });
    }

    private children(
        key: string,
        list: readonly Readonly<Record<string, unknown>>[] = [],
    ): Reader[] {
        return list.map((values, index) => this.child(`${this.at(key)}[${index}]`, values));
    }

    private child(path: string, values: Readonly<Record<string, unknown>>): Reader {
        return new Reader(path, values, this.problems, ".");
    }

    private chosen<T extends string>(
        key: string,
        words: readonly T[],
        word: string | undefined,
    ): T | undefined {
        const choice = words.find((each) => each === word);
        if (choice === undefined && word !== undefined) {
            const meant = nearest(word, words);
            const hint =
                meant === undefined ? `use ${words.join(" or ")}.` : `did you mean "${meant}"?`;
            this.report(key, `is ${shown(word)}; ${hint}`);
        }
        return choice;
    }

    private required<T>(key: string, kind: Kind<T>): T | undefined {
        if (!this.has(key)) {
            this.known.add(key);
            this.report(key, `is missing; set it to ${kind.wanted}.`);
        }
        return this.optional(key, kind);
    }

    private optional<T>(key: string, { wanted, matches }: Kind<T>): T | undefined {
        this.known.add(key);
        const value = this.values[key];
        if (!this.has(key) || matches(value)) return (value ?? undefined) as T | undefined;
        this.report(key, `is ${value === "" ? "empty" : shown(value)}; it must be ${wanted}.`);
        return undefined;
    }

    private has(key: string): boolean {
        return this.values[key] !== undefined && this.values[key] !== null;
    }
}

/** What a value may be, and how a message calls it. */
interface Kind<T> {
    readonly wanted: string;
    readonly matches: (value: unknown) => value is T;
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isNumber = (value: unknown): value is number => typeof value === "number";
const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
const isMapping = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
const isListOf =
    <T>(is: (value: unknown) => value is T) =>
    (value: unknown): value is T[] =>
        Array.isArray(value) && value.every(is);
const isLabels = (value: unknown): value is Record<string, string> =>
    isMapping(value) && Object.values(value).every((each) => typeof each === "string");

const kinds = {
    text: { wanted: "text", matches: isText },
    number: { wanted: "a number", matches: isNumber },
    flag: { wanted: "true or false", matches: isFlag },
    texts: { wanted: "a list of texts", matches: isListOf(isText) },
    numbers: { wanted: "a list of numbers", matches: isListOf(isNumber) },
    mapping: { wanted: "a mapping", matches: isMapping },
    mappings: { wanted: "a list of mappings", matches: isListOf(isMapping) },
    labels: { wanted: "a mapping from names to texts", matches: isLabels },
    weights: { wanted: "a mapping from names to numbers", matches: isMapping },
};
