import { textAt } from "../frame/read";
import type { Resource } from "../frame/rule";

export const karmadaObject = "kubernetes:operator.karmada.io/v1alpha1:Karmada";
export const cluster = "kubernetes:cluster.karmada.io/v1alpha1:Cluster";
const helmRelease = "kubernetes:helm.sh/v3:Release";
const helmCharts = ["kubernetes:helm.sh/v3:Chart", "kubernetes:helm.sh/v4:Chart"] as const;
export const helmTypes = [helmRelease, ...helmCharts] as const;
export const policyTypes = [
    "kubernetes:policy.karmada.io/v1alpha1:PropagationPolicy",
    "kubernetes:policy.karmada.io/v1alpha1:ClusterPropagationPolicy",
] as const;

/** Whether it is a release of Karmada's own chart: by name, from a repository, an archive or a folder. */
export function isKarmadaChart({ props }: Resource): boolean {
    const chart = textAt(props, "chart") ?? "";
    return /(^|\/)karmada(-[\d.]+\.tgz)?\/?$/.test(chart);
}

/** Where a policy keeps the weights of its members. */
export const staticWeights = [
    "spec",
    "placement",
    "replicaScheduling",
    "weightPreference",
    "staticWeightList",
] as const;
