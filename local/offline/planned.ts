import { Unknown } from "../plugins/protocol/provider";

/** Stands, at any depth of inputs and outputs, for what nobody knows before the update. */
export const unknown = Unknown;

/** What a preview tells of a program. Secrets in it read "[secret]". */
export interface OfflinePreview {
    readonly stack: string;
    /** The CLI's own: other than 0 when a mandatory policy is violated. */
    readonly exitCode: number;
    /** In the order in which the program declares them; the stack itself and its providers too. */
    readonly resources: readonly PlannedResource[];
    readonly outputs: Readonly<Record<string, unknown>>;
    /** Region of the cluster that runs Karmada; none where another stack, or somebody else, runs it. */
    readonly home?: string;
    /** What the stack file says is there, and nobody has looked for. */
    readonly takenToBeThere: readonly string[];
    readonly diagnostics: readonly Diagnostic[];
    /** What the policy pack says; nothing where none was given. */
    readonly policies: {
        readonly violations: readonly PolicyViolation[];
        readonly judgements: readonly PolicyJudgement[];
    };
}

export interface PlannedResource {
    readonly urn: string;
    /** For example "aws:ec2/vpc:Vpc". */
    readonly type: string;
    /** Its name in the program. */
    readonly name: string;
    /** URN of the component it is part of. */
    readonly parent?: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    /** URN of its provider. */
    readonly provider?: string;
    /** URNs of those that come first. */
    readonly dependencies: readonly string[];
    readonly protect: boolean;
}

export interface Diagnostic {
    readonly severity: "info" | "info#err" | "warning" | "error";
    readonly message: string;
    /** The resource it is about. */
    readonly urn?: string;
}

export interface PolicyViolation {
    readonly policy: string;
    /** Undecided: it goes by values that only the update will know, and is asked again then. */
    readonly level: "advisory" | "mandatory" | "remediate" | "undecided";
    readonly message: string;
    /** The resource that breaks it; none for what is the whole stack's fault. */
    readonly urn?: string;
}

/** Which policies were asked about a resource, or about the whole stack where there is no URN. */
export interface PolicyJudgement {
    readonly urn?: string;
    readonly passed: readonly string[];
    readonly failed: readonly string[];
}
