import { type Problem, shown } from "../components/support/problems";
import { nearest } from "../components/support/spelling";
import { type Kind, kinds } from "./valueKinds";

/** Reads one mapping of a stack file; collects what is wrong instead of stopping at it. */
export class Reader {
    private readonly known = new Set<string>();

    private constructor(
        readonly path: string,
        private readonly values: Readonly<Record<string, unknown>>,
        private readonly findings: Findings,
        private readonly separator: string,
    ) {}

    /**
     * The top of a stack file: its keys begin with the project's name. The engine takes those without any
     * project for it, too.
     */
    static top(
        namespace: string,
        values: Readonly<Record<string, unknown>>,
        problems: Problem[],
    ): Reader {
        const prefix = `${namespace}:`;
        const all = Object.entries(values);
        const bare = all.filter(([key]) => !key.includes(":"));
        const own = all
            .filter(([key]) => key.startsWith(prefix))
            .map(([key, value]) => [key.slice(prefix.length), value] as const);
        const findings = { problems, misread: new Set<string>() };
        return new Reader(namespace, Object.fromEntries([...bare, ...own]), findings, ":");
    }

    /** Full name of a key, as it is shown in messages. */
    at(key: string): string {
        return `${this.path}${this.separator}${key}`;
    }

    /** What `wanted` says goes on from "is missing;". */
    text(key: string, wanted: string): string {
        return this.required(key, kinds.text, wanted) ?? "";
    }

    optionalText(key: string): string | undefined {
        return this.optional(key, kinds.text);
    }

    /** A number of any value: which ones make sense is for the component to say. */
    number(key: string, wanted: string): number {
        return this.required(key, kinds.number, wanted) ?? 0;
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
        const wanted = "give each member that is to run some a weight, such as { one: 1, two: 2 }";
        const values = this.required(key, kinds.weights, wanted) ?? {};
        return values as Readonly<Record<string, number>>;
    }

    /** A mapping whose keys are the user's own. */
    labels(key: string): Readonly<Record<string, string>> | undefined {
        return this.optional(key, kinds.labels);
    }

    /** A mapping some of whose keys have to be there: where it is missing, it is these that are told. */
    mapping<T>(key: string, read: (reader: Reader) => T): T {
        const reader = this.child(this.at(key), this.optional(key, kinds.mapping) ?? {});
        return whole(reader, read);
    }

    optionalMapping<T>(key: string, read: (reader: Reader) => T): T | undefined {
        const values = this.optional(key, kinds.mapping);
        return values && whole(this.child(this.at(key), values), read);
    }

    mappings<T>(key: string, wanted: string, read: (reader: Reader, at: number) => T): T[] {
        return this.children(key, this.required(key, kinds.mappings, wanted), read);
    }

    optionalMappings<T>(key: string, read: (reader: Reader, at: number) => T): T[] {
        return this.children(key, this.optional(key, kinds.mappings), read);
    }

    /** A closed set of words. */
    choice<T extends string>(key: string, choices: Readonly<Record<string, T>>): T {
        const words = Object.values(choices);
        const word = this.required(key, kinds.text, `use ${oneOf(words)}`);
        return this.chosen(key, words, word) ?? words[0]!;
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
     * The components' own findings, under the keys of the stack file, but for what has been told already.
     * Under `keys` are the keys that have another name here; those without any are told elsewhere.
     */
    check(
        found: readonly Problem[],
        keys: Readonly<Record<string, string | undefined>> = {},
    ): void {
        const places = found.flatMap(({ path, message }) => {
            const [key] = path.split(/(?=[.[])/, 1);
            const here = key! in keys ? keys[key!] : key;
            return here === undefined ? [] : [{ key: here + path.slice(key!.length), message }];
        });
        for (const { key, message } of places.filter(({ key }) => !this.told(key))) {
            this.report(key, message);
        }
    }

    /** Whether something is wrong with it already. */
    told(key: string): boolean {
        return this.findings.problems.some(({ path }) => path === this.at(key));
    }

    /** To be called when every key that means something was asked for. */
    refuseOthers(): void {
        const known = [...this.known];
        for (const key of Object.keys(this.values).filter((each) => !this.known.has(each))) {
            const meant = nearest(key, known);
            const hint =
                meant === undefined
                    ? `the keys here are: ${known.sort().join(", ")}.`
                    : `did you mean "${meant}"?`;
            this.report(key, `is not a key of this program; ${hint}`);
        }
    }

    /** Whether the key means something here, of those asked for so far. */
    knows(key: string): boolean {
        return this.known.has(key);
    }

    /** Whether what stands there, or around it, is not what it should be, so that a default is in its place. */
    misread(key: string): boolean {
        const path = this.at(key);
        return [...this.findings.misread].some(
            (each) => path === each || (path.startsWith(each) && /[.[]/.test(path[each.length]!)),
        );
    }

    /** What is said of a value that is a mere default is left out: why it is one, has been told. */
    report(key: string, message: string): void {
        if (!this.misread(key)) this.findings.problems.push({ path: this.at(key), message });
    }

    private reportMisread(key: string, message: string): void {
        this.report(key, message);
        this.findings.misread.add(this.at(key));
    }

    private children<T>(
        key: string,
        list: readonly Readonly<Record<string, unknown>>[] = [],
        read: (reader: Reader, at: number) => T,
    ): T[] {
        return list.map((values, at) =>
            whole(this.child(`${this.at(key)}[${at}]`, values), (reader) => read(reader, at)),
        );
    }

    private child(path: string, values: Readonly<Record<string, unknown>>): Reader {
        return new Reader(path, values, this.findings, ".");
    }

    private chosen<T extends string>(
        key: string,
        words: readonly T[],
        word: string | undefined,
    ): T | undefined {
        const choice = words.find((each) => each === word);
        if (choice === undefined && word !== undefined) {
            const meant = nearest(word, words);
            const hint = meant === undefined ? `use ${oneOf(words)}.` : `did you mean "${meant}"?`;
            this.reportMisread(key, `is ${shown(word)}; ${hint}`);
        }
        return choice;
    }

    private required<T>(key: string, kind: Kind<T>, wanted: string): T | undefined {
        const value = this.optional(key, kind, wanted);
        if (!this.has(key)) this.reportMisread(key, `is missing; ${wanted}.`);
        return value;
    }

    private optional<T>(key: string, { matches, remedy }: Kind<T>, wanted?: string): T | undefined {
        this.known.add(key);
        const value = this.values[key];
        if (!this.has(key) || matches(value)) return (value ?? undefined) as T | undefined;
        const found = value === "" ? "empty" : shown(value);
        this.reportMisread(key, `is ${found}; ${remedy(value, wanted)}.`);
        return undefined;
    }

    private has(key: string): boolean {
        return this.values[key] !== undefined && this.values[key] !== null;
    }
}

/** Shared by all readers of a file. */
interface Findings {
    readonly problems: Problem[];
    /** Paths of what is missing, or is not what it should be. */
    readonly misread: Set<string>;
}

/** Whatever was not asked for by then means nothing. */
function whole<T>(reader: Reader, read: (reader: Reader) => T): T {
    const value = read(reader);
    reader.refuseOthers();
    return value;
}

/** "one, two or three" */
const oneOf = (words: readonly string[]): string =>
    [words.slice(0, -1).join(", "), words.at(-1)].filter(Boolean).join(" or ");
