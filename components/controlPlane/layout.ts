/** Where the control plane lives in the parent cluster. */
export const hostNamespace = "karmada-system";

/** Node port that load balancers send Karmada's clients to. */
export const defaultNodePort = 32443;

/** Range of Karmada's own Services. They have no pods, but the first address is in a certificate. */
export const serviceRange = "10.96.0.0/12";
export const firstServiceAddress = "10.96.0.1";

export const ports = {
    apiServer: 5443,
    /** Not 443: without root no process may listen there. */
    extensionServers: 6443,
    webhook: 8443,
    kubeControllerManager: 10257,
    estimators: 10352,
    metrics: 8080,
} as const;

export const inCluster = (service: string) => `${service}.${hostNamespace}.svc`;

/** How the parts reach Karmada's API: inside, so that a broken load balancer stops nobody in here. */
export const apiServerInside = `https://${inCluster("karmada-apiserver")}:${ports.apiServer}`;
