import * as pulumi from "@pulumi/pulumi";
import { monitorHas } from "../support/monitor";
import { describeProblems, type Problem } from "../support/problems";

/** What must not change at will, written on the object whose update is the first of such a change. */
export interface ChangeGuard<Facts> {
    /** Of the hook; one in a program. */
    readonly name: string;
    /** What the problems are about. */
    readonly what: string;
    /** The object, as kubectl takes it. */
    readonly on: string;
    /** Annotation of the object with the facts in JSON. */
    readonly annotation: string;
    readonly check: (before: Facts, after: Facts) => Problem[];
}

interface Annotated {
    readonly metadata?: { readonly annotations?: Readonly<Record<string, unknown>> };
}

/**
 * Refuses the change, in a preview too, before the object is touched or anything that depends on it.
 * Only the engine knows what the arguments were the last time, and only to hooks does it tell.
 */
export function guardChange<Facts>(guard: ChangeGuard<Facts>): pulumi.ResourceHookBinding {
    if (!monitorHas("registerResourceHook")) {
        return {};
    }
    const factsIn = (inputs: Annotated | undefined): Facts | undefined => {
        const text = inputs?.metadata?.annotations?.[guard.annotation];
        return typeof text === "string" ? (JSON.parse(text) as Facts) : undefined;
    };
    const hook = new pulumi.ResourceHook(
        guard.name,
        ({ oldInputs, newInputs }) => {
            const before = factsIn(oldInputs);
            const after = factsIn(newInputs);
            const problems = before && after ? guard.check(before, after) : [];
            if (problems.length > 0) {
                throw new Error(
                    `${describeProblems(guard.what, problems)}\n` +
                        "If it has never come up as it was before, have that forgotten: " +
                        `kubectl annotate ${guard.on} ${guard.annotation}-, then pulumi refresh.`,
                );
            }
        },
        { onDryRun: true },
    );
    return { beforeUpdate: [hook] };
}
