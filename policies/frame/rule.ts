import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";

/** Properties as a program has written them, or as they have come out; nothing about them is certain. */
export type Bag = Readonly<Record<string, unknown>>;

/** What a rule sees of a resource. */
export interface Resource {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    readonly props: Bag;
    /** Whether Pulumi refuses to delete it. */
    readonly protect: boolean;
    /** Properties of its provider. */
    readonly provider?: Bag;
}

/** A resource whose properties may still be changed. */
export interface Remediable extends Resource {
    readonly props: Record<string, unknown>;
}

/** What is known of a resource beside the others of its program. */
export interface StackResource extends Resource {
    /** URNs of the resources that a property is made of, known before their ids are. */
    references(property: string): readonly string[];
}

export const wholeStack = "pulumi:pulumi:Stack";

/** Beside the outputs of the whole stack: the names of those that are secret. No output can be called so. */
export const secretOutputs = "secret outputs";

export const profiles = ["dev", "prod", "strict"] as const;
export type Profile = (typeof profiles)[number];
export type Level = "disabled" | "advisory" | "mandatory" | "remediate";
export type Levels = Readonly<Record<Profile, Level>>;

/** The ladders that rules stand on. */
export const levels = {
    always: { dev: "mandatory", prod: "mandatory", strict: "mandatory" },
    fromProd: { dev: "advisory", prod: "mandatory", strict: "mandatory" },
    onlyFromProd: { dev: "disabled", prod: "mandatory", strict: "mandatory" },
    onlyStrict: { dev: "disabled", prod: "advisory", strict: "mandatory" },
} as const satisfies Readonly<Record<string, Levels>>;

export type OptionValue =
    | number
    | boolean
    | string
    | readonly string[]
    | readonly number[]
    | Readonly<Record<string, string>>
    | Readonly<Record<string, readonly string[]>>;

export interface Option<Value extends OptionValue = OptionValue> {
    readonly schema: PolicyConfigJSONSchema & { readonly description: string };
    /** Holds for prod, and where no profile is named. */
    readonly default: Value;
    readonly dev?: Value;
    readonly strict?: Value;
}
export type Options = Readonly<Record<string, Option>>;
export type Chosen<Declared extends Options> = {
    readonly [Name in keyof Declared]: Declared[Name] extends Option<infer Value> ? Value : never;
};

interface About<Declared extends Options> {
    /** As the documentation numbers it. */
    readonly id: string;
    readonly name: string;
    /** What must hold. */
    readonly sentence: string;
    readonly severity: "low" | "medium" | "high" | "critical";
    /** Where others ask for the same, such as "CIS EKS 5.4.1". */
    readonly anchors: readonly string[];
    /** What to do about a violation. */
    readonly remedy: string;
    readonly levels: Levels;
    readonly options?: Declared;
    /**
     * What becomes of a value that a preview does not know. "later": the update decides, before it makes the
     * resource. "refused": it belongs into the program as a literal. "never": the rule needs none.
     */
    readonly unknown: "later" | "refused" | "never";
}

/** Told once per violation: which property, what it is, what to set. */
export type Report = (message: string) => void;
export type ReportOn = (message: string, resource?: Resource) => void;

export interface ResourceRule<Declared extends Options = Options> extends About<Declared> {
    readonly types: readonly string[];
    check(resource: Resource, report: Report, options: Chosen<Declared>): void;
    /** Sets right what is safe to set right; changes the properties in place. */
    remediate?(resource: Remediable, options: Chosen<Declared>): void;
}

export interface StackRule<Declared extends Options = Options> extends About<Declared> {
    /** The rule has something to say only where one of these is in the stack. */
    readonly concerns: readonly string[];
    /** What else it is shown: to read each resource anew for each rule takes longer than all that they say. */
    readonly reads?: readonly string[] | "all";
    checkStack(stack: readonly StackResource[], report: ReportOn, options: Chosen<Declared>): void;
}

export type Rule = ResourceRule | StackRule;

/** Whether the rule is shown resources of that type. */
export const isShown = ({ concerns, reads = [] }: StackRule, type: string): boolean =>
    reads === "all" || reads.includes(type) || concerns.includes(type);

/** Both say nothing but the types of a rule's options, which its check then knows. */
export const resourceRule = <const Declared extends Options>(
    rule: ResourceRule<Declared>,
): ResourceRule => rule as unknown as ResourceRule;
export const stackRule = <const Declared extends Options>(rule: StackRule<Declared>): StackRule =>
    rule as unknown as StackRule;
