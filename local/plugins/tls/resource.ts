import type { CheckFailure, RevealedMap, Unknown } from "../protocol/provider";
import type { Shape } from "../protocol/shapes";

export interface InputSpec {
    readonly shape: Shape;
    readonly required?: boolean;
    /** Another input that will do where this one is required. */
    readonly alternative?: string;
    readonly default?: string | number | boolean;
    /** A change of it alone does not make a new resource. */
    readonly inPlace?: boolean;
    /** Not repeated in the outputs, and a change of it alone is none. */
    readonly writeOnly?: boolean;
}

/** One kind of resource of this provider: everything about it is computed once, when it is made. */
export interface TlsResource<Inputs = Readonly<Record<string, unknown>>> {
    readonly inputs: Readonly<Record<keyof Inputs, InputSpec>>;
    /** The outputs that creation computes. */
    readonly computed: readonly string[];
    /** What is wrong with inputs that are right one by one; what is not, or is not known yet, is unknown. */
    problems?(inputs: { [Name in keyof Inputs]: Inputs[Name] | Unknown }): CheckFailure[];
    create(inputs: Inputs, now: Date): Promise<Created>;
}

export interface Created {
    readonly id: string;
    readonly computed: RevealedMap;
}
