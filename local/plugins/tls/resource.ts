import type { CheckFailure, RevealedMap } from "../protocol/provider";
import type { Inputs, InputSpecs } from "./inputs";

/** One kind of resource of this provider: everything about it is computed once, when it is made. */
export interface TlsResource {
    readonly inputs: InputSpecs;
    /** The outputs that creation computes, and whether each is kept encrypted in the state. */
    readonly computed: Readonly<Record<string, { readonly secret: boolean }>>;
    /** What is wrong with inputs whose types are right; those not known yet are undefined. */
    problems(inputs: Inputs, now: Date): CheckFailure[];
    create(inputs: Inputs, now: Date): Promise<Created>;
}

export interface Created {
    readonly id: string;
    readonly computed: RevealedMap;
}

export const secret = { secret: true } as const;
export const open = { secret: false } as const;
