import type { V1Condition } from "@kubernetes/client-node";
import { Collection, KubeObject, ObjectRef } from "../../../kube";

export type Readiness =
    | { readonly state: "ready" }
    | { readonly state: "waiting"; readonly reason: string }
    /** It will not become ready by itself. */
    | { readonly state: "failed"; readonly reason: string };

/** How an object of some kind becomes ready. */
export interface Awaiting {
    /** Judges the object, and what `beside` names where there is such a thing; the object alone where nobody may see that. */
    readonly check: (object: KubeObject, beside: readonly KubeObject[] | undefined) => Readiness;
    /** Other objects on which it depends. */
    readonly beside?: (object: KubeObject) => readonly (ObjectRef | Collection)[];
    /** Whether a refresh, too, tells that an object is not ready: it may have lost what it had. */
    readonly onRefresh: boolean;
}

export const ready: Readiness = { state: "ready" };
export const waiting = (reason: string): Readiness => ({ state: "waiting", reason });
export const failed = (reason: string): Readiness => ({ state: "failed", reason });

export function statusOf<T = Record<string, number | undefined>>(object: KubeObject): Partial<T> {
    return (object.status ?? {}) as Partial<T>;
}

export function conditionsOf(object: KubeObject): readonly V1Condition[] {
    return statusOf<{ conditions: V1Condition[] }>(object).conditions ?? [];
}

export function conditionOf(object: KubeObject, type: string): V1Condition | undefined {
    return conditionsOf(object).find((condition) => condition.type === type);
}

/** Whether the controller has seen the last change of the object; where it does not tell, yes. */
export function isObserved(object: KubeObject, condition?: V1Condition): boolean {
    const observed = condition?.observedGeneration ?? statusOf(object).observedGeneration;
    return observed === undefined || observed >= (object.metadata.generation ?? 0);
}

/** Reason and message as one text; either may be missing. */
export function why({ reason, message }: { reason?: string; message?: string }): string {
    return [reason, message?.trim()].filter((part) => part).join(": ");
}

/** The conditions of an object as one line for an error message. */
export function describeConditions(object: KubeObject): string {
    const texts = conditionsOf(object).map((condition) => {
        const reason = why(condition);
        return `${condition.type}=${condition.status}${reason && ` (${reason})`}`;
    });
    return texts.join(", ");
}
