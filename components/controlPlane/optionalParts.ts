import type { Problem } from "../support/problems";

/** What a Karmada can do without. */
export interface OptionalParts {
    /**
     * Takes replicas back from members that have had no room for them for five minutes. It asks the
     * estimators which these are.
     * @default false
     */
    readonly descheduler?: boolean;
    /**
     * Objects of all members through Karmada's API: search.karmada.io.
     * @default false
     */
    readonly search?: boolean;
    /**
     * Metrics of all members through Karmada's API: a FederatedHPA goes by them.
     * @default false
     */
    readonly metricsAdapter?: boolean;
    /**
     * The scheduler asks how many replicas fit into a member. Who answers is a SchedulerEstimator,
     * one for each member; a member without one is judged by the sum of what its nodes have free.
     * @default false
     */
    readonly estimators?: boolean;
}

export function checkOptionalParts({ descheduler, estimators }: OptionalParts): Problem[] {
    if (!descheduler || estimators) return [];
    const message =
        "is true without estimators, and only they know which replicas found no room; set estimators to true as well.";
    return [{ path: "descheduler", message }];
}
