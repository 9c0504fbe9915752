import { systemNamespace } from "./namespaces";

const name = "karmada-aggregated-apiserver";

/**
 * Where Karmada's API server finds karmada-aggregated-apiserver. Karmada's API has no pods behind its
 * Services, so the Service is a name only: one that this API server can resolve, and a port.
 */
export interface AggregatedApiLocation<Bundle = string> {
    readonly host: string;
    readonly port: number;
    /** CA of its serving certificate, PEM in base64 (or an output of it). */
    readonly caBundle: Bundle;
}

/** Serves cluster.karmada.io from karmada-aggregated-apiserver. */
export const clusterApiService = <Bundle>(location: AggregatedApiLocation<Bundle>) => ({
    apiVersion: "apiregistration.k8s.io/v1",
    kind: "APIService",
    metadata: {
        name: "v1alpha1.cluster.karmada.io",
        labels: { app: name, apiserver: "true" },
    },
    spec: {
        group: "cluster.karmada.io",
        version: "v1alpha1",
        groupPriorityMinimum: 2000,
        versionPriority: 10,
        caBundle: location.caBundle,
        service: { namespace: systemNamespace, name, port: location.port },
    },
});

export const aggregatedApiServerService = (location: { readonly host: string }) => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { namespace: systemNamespace, name },
    spec: { type: "ExternalName", externalName: location.host },
});
