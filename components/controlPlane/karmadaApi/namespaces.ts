/** Karmada's own objects; the Service and APIService of its components name it. */
export const systemNamespace = "karmada-system";

/** The members' credentials. */
export const clusterNamespace = "karmada-cluster";

export const namespaces = () =>
    [
        { name: systemNamespace },
        { name: clusterNamespace, labels: { "karmada.io/system": "true" } },
    ].map((metadata) => ({ apiVersion: "v1", kind: "Namespace", metadata }));
