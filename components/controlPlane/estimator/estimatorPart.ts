import { ports } from "../layout";
import { estimatorApp } from "../networkPolicies";
import { mounted, type Part } from "../part";

export interface EstimatorFacts {
    /** Name of the member in Karmada. */
    readonly clusterName: string;
    readonly replicas: number;
}

/** The scheduler looks for exactly this name. */
export const estimatorName = (clusterName: string) => `${estimatorApp}-${clusterName}`;

/** Folders of the pod, and the Secrets that are there. */
export const estimatorSecrets = (clusterName: string) => ({
    member: `${estimatorName(clusterName)}-member`,
    server: `${estimatorName(clusterName)}-cert`,
});

const healthPort = 10351;
const health = {
    path: "/healthz",
    port: healthPort,
    scheme: "HTTP",
    timeoutSeconds: 15,
    failureThreshold: 3,
} as const;

export const estimatorPart = ({ clusterName, replicas }: EstimatorFacts): Part<string> => ({
    name: estimatorName(clusterName),
    // The network policies of the control plane know estimators by the first, whatever their member.
    selector: { app: estimatorApp, cluster: clusterName },
    image: "schedulerEstimator",
    replicas,
    command: "/bin/karmada-scheduler-estimator",
    flags: {
        kubeconfig: mounted("member", "kubeconfig"),
        "cluster-name": clusterName,
        "server-port": ports.estimators,
        "grpc-auth-cert-file": mounted("server", "tls.crt"),
        "grpc-auth-key-file": mounted("server", "tls.key"),
        "grpc-client-ca-file": mounted("server", "ca.crt"),
        "metrics-bind-address": `:${ports.metrics}`,
        "health-probe-bind-address": `:${healthPort}`,
    },
    ports: { grpc: ports.estimators, metrics: ports.metrics },
    metrics: { port: "metrics", scheme: "HTTP" },
    service: "grpc",
    secrets: estimatorSecrets(clusterName),
    livenessProbe: { ...health, periodSeconds: 10 },
    readinessProbe: { ...health, periodSeconds: 3 },
    requests: { cpu: "50m", memory: "128Mi" },
    memoryLimit: "1Gi",
    gracePeriodSeconds: 30,
});

/** The Service, as the scheduler calls it: with the cluster's domain first, then without. */
export const estimatorHosts = (clusterName: string, namespace: string) => {
    const host = `${estimatorName(clusterName)}.${namespace}.svc`;
    return [host, `${host}.cluster.local`];
};

/** All that it looks at in a member, and nothing that it could change. */
export const estimatorRules = [
    {
        apiGroups: [""],
        resources: ["nodes", "pods", "resourcequotas"],
        verbs: ["get", "list", "watch"],
    },
    {
        apiGroups: ["apps"],
        resources: ["deployments", "replicasets"],
        verbs: ["get", "list", "watch"],
    },
];
