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
        return this.value(key, true, "text", isText) ?? "";
    }

    optionalText(key: string): string | undefined {
        return this.value(key, false, "text", isText);
    }

    /** A number of any value: which ones make sense is for the component to say. */
    number(key: string): number {
        return this.value(key, true, "a number", isNumber) ?? 0;
    }

    texts(key: string): readonly string[] | undefined {
        return this.value(key, false, "a list of texts", isTexts);
    }

    /** A mapping whose keys are the user's own. */
    numbers(key: string): Readonly<Record<string, number>> {
        const values = this.value(key, true, "a mapping from names to numbers", isMapping) ?? {};
        return values as Readonly<Record<string, number>>;
    }

    mapping(key: string): Reader {
        return this.child(this.at(key), this.value(key, true, "a mapping", isMapping) ?? {});
    }

    optionalMapping(key: string): Reader | undefined {
        const values = this.value(key, false, "a mapping", isMapping);
        return values && this.child(this.at(key), values);
    }

    mappings(key: string): Reader[] {
        const list = this.value(key, true, "a list of mappings", isMappings) ?? [];
        return list.map((values, index) => this.child(`${this.at(key)}[${index}]`, values));
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

    private child(path: string, values: Readonly<Record<string, unknown>>): Reader {
        return new Reader(path, values, this.problems, ".");
    }

    private value<T>(
        key: string,
        required: boolean,
        wanted: string,
        matches: (value: unknown) => value is T,
    ): T | undefined {
        this.known.add(key);
        const value = this.values[key];
        if (value === undefined || value === null) {
            if (required) {
                this.report(key, `is missing; set it to ${wanted}.`);
            }
            return undefined;
        }
        if (!matches(value)) {
            const is = value === "" ? "empty" : shown(value);
            this.report(key, `is ${is}; it must be ${wanted}.`);
            return undefined;
        }
        return value;
    }
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isNumber = (value: unknown): value is number => typeof value === "number";
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
const isMapping = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
const isMappings = (value: unknown): value is Record<string, unknown>[] =>
    Array.isArray(value) && value.every(isMapping);
