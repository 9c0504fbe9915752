import { systemNamespace } from "./namespaces";

/**
 * Where Karmada's API server finds who answers for a part of its API. Karmada's API has no pods behind
 * its Services, so the Service is a name only: one that this API server can resolve, and a port.
 */
export interface ExtensionLocation<Bundle = string> {
    readonly host: string;
    readonly port: number;
    /** CA of its serving certificate, PEM in base64 (or an output of it). */
    readonly caBundle: Bundle;
}

interface Api {
    readonly group: string;
    readonly version: string;
    readonly groupPriorityMinimum: number;
    readonly versionPriority: number;
}

/** Someone who answers for parts of Karmada's API. */
export interface Extension {
    /** Of its Service. */
    readonly name: string;
    readonly apis: readonly Api[];
}

/** Before all that Karmada's API server serves itself. */
const first = { groupPriorityMinimum: 2000, versionPriority: 10 };
const custom = {
    group: "custom.metrics.k8s.io",
    groupPriorityMinimum: 100,
    versionPriority: 200,
};

export const extensions = {
    aggregatedApiServer: {
        name: "karmada-aggregated-apiserver",
        apis: [{ group: "cluster.karmada.io", version: "v1alpha1", ...first }],
    },
    search: {
        name: "karmada-search",
        apis: [{ group: "search.karmada.io", version: "v1alpha1", ...first }],
    },
    metricsAdapter: {
        name: "karmada-metrics-adapter",
        apis: [
            { group: "metrics.k8s.io", version: "v1beta1", ...first },
            { ...custom, version: "v1beta1" },
            { ...custom, version: "v1beta2" },
        ],
    },
} as const satisfies Record<string, Extension>;

export const apiServices = <Bundle>(
    { name, apis }: Extension,
    { port, caBundle }: Omit<ExtensionLocation<Bundle>, "host">,
) =>
    apis.map(({ group, version, ...priority }) => ({
        apiVersion: "apiregistration.k8s.io/v1",
        kind: "APIService",
        metadata: {
            name: `${version}.${group}`,
            labels: { app: name, apiserver: "true" },
        },
        spec: {
            group,
            version,
            ...priority,
            caBundle,
            service: { namespace: systemNamespace, name, port },
        },
    }));

export const extensionService = ({ name }: Extension, { host }: { readonly host: string }) => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { namespace: systemNamespace, name },
    spec: { type: "ExternalName", externalName: host },
});
