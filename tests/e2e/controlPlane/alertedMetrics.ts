import { metricsIn } from "../../support/promql";
import { type ControlPlaneInCluster, namespace } from "./controlPlaneInCluster";

/** By Prometheus itself, kube-state-metrics and kubelets; and what is counted only once it has happened. */
const toldElsewhere = /^(up|kube_.*|kubelet_.*|apiserver_admission_webhook_rejection_count)$/;

interface Rules {
    readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[];
}

/** Names of the metrics that alerts ask for and the parts of the control plane have to tell. */
export async function alertedMetrics({ parentClient }: ControlPlaneInCluster): Promise<string[]> {
    const api = "monitoring.coreos.com/v1";
    const all = await parentClient.list(api, "PrometheusRule", { namespace });
    const groups = all.flatMap(({ spec }) => (spec as unknown as Rules).groups);
    const expressions = groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));
    const metrics = new Set(expressions.flatMap(metricsIn));
    return [...metrics].filter((metric) => !toldElsewhere.test(metric));
}
