import type * as pulumi from "@pulumi/pulumi";

/** One thing that somebody should know of. */
export interface Alert {
    readonly name: string;
    /** PromQL; with any result it fires. */
    readonly expression: pulumi.Input<string>;
    /** How long it has to be so. */
    readonly for: string;
    /** "critical": now. "warning": in working hours. */
    readonly severity: "critical" | "warning";
    readonly summary: string;
    /** What it means, and what to do. */
    readonly description: pulumi.Input<string>;
}

export interface AlertGroup {
    readonly name: string;
    readonly alerts: readonly Alert[];
}

export const renderAlert = ({ name, expression, severity, ...alert }: Alert) => ({
    alert: name,
    expr: expression,
    for: alert.for,
    labels: { severity },
    annotations: { summary: alert.summary, description: alert.description },
});
