import { ports, serviceRange } from "../layout";
import { mounted, type Part } from "../part";
import { type SecretName, secretNames } from "../secretNames";
import { extensionKubeconfigs, kubeconfig, type PartFacts, probe, serving } from "./shared";

export const kubeControllerManager = (facts: PartFacts): Part => ({
    name: "kube-controller-manager",
    image: "kubeControllerManager",
    replicas: facts.controllers,
    command: "kube-controller-manager",
    flags: {
        ...extensionKubeconfigs,
        // Else it makes itself a certificate that nobody can check.
        ...(facts.monitored ? serving : {}),
        "bind-address": "0.0.0.0",
        "secure-port": ports.kubeControllerManager,
        "tls-min-version": "VersionTLS13",
        "leader-elect": true,
        "cluster-name": "karmada",
        "client-ca-file": mounted("authority", "ca.crt"),
        "root-ca-file": mounted("authority", "ca.crt"),
        "cluster-signing-cert-file": mounted("authority", "tls.crt"),
        "cluster-signing-key-file": mounted("authority", "tls.key"),
        "service-account-private-key-file": mounted("service-account", "sa.key"),
        "service-cluster-ip-range": serviceRange,
        "use-service-account-credentials": true,
        // No bootstrapsigner or tokencleaner: nobody joins by a bootstrap token.
        controllers:
            "namespace,garbagecollector,serviceaccount-token,ttl-after-finished,csrcleaner,csrsigning,clusterrole-aggregation",
    },
    ports: { metrics: ports.kubeControllerManager },
    metrics: { port: "metrics", scheme: "HTTPS" },
    secrets: {
        config: secretNames.kubeControllerManagerConfig,
        authority: secretNames.authority,
        "service-account": secretNames.serviceAccount,
        ...(facts.monitored ? { server: secretNames.kubeControllerManager } : {}),
    },
    livenessProbe: {
        ...probe("HTTPS", ports.kubeControllerManager, "/healthz"),
        failureThreshold: 8,
    },
    readinessProbe: probe("HTTPS", ports.kubeControllerManager, "/healthz", 3),
    requests: { cpu: "100m", memory: "128Mi" },
    memoryLimit: "1Gi",
    gracePeriodSeconds: 30,
});

interface Controller {
    readonly name: string;
    readonly image: Part["image"];
    readonly config: SecretName;
    readonly healthPort: number;
    readonly flags: Part["flags"];
    readonly readAtStart?: Part["readAtStart"];
}

const controller = (facts: PartFacts, own: Controller): Part => ({
    name: own.name,
    image: own.image,
    replicas: facts.controllers,
    command: `/bin/${own.name}`,
    flags: {
        kubeconfig,
        "leader-elect": true,
        "metrics-bind-address": `:${ports.metrics}`,
        "health-probe-bind-address": `:${own.healthPort}`,
        ...own.flags,
    },
    ports: { metrics: ports.metrics },
    metrics: { port: "metrics", scheme: "HTTP" },
    secrets: { config: own.config },
    readAtStart: own.readAtStart,
    livenessProbe: probe("HTTP", own.healthPort, "/healthz"),
    readinessProbe: probe("HTTP", own.healthPort, "/healthz", 3),
    requests: { cpu: "100m", memory: "128Mi" },
    memoryLimit: "1Gi",
    gracePeriodSeconds: 30,
});

/** Workloads leave a member that has failed. */
const failover = { "feature-gates": "Failover=true" };

/** Who they are to the estimators they are to Karmada's API: estimators trust its authority too. */
const estimatorClient = {
    "scheduler-estimator-ca-file": mounted("config", "ca.crt"),
    "scheduler-estimator-cert-file": mounted("config", "tls.crt"),
    "scheduler-estimator-key-file": mounted("config", "tls.key"),
};

export const controllerManager = (facts: PartFacts): Part =>
    controller(facts, {
        name: "karmada-controller-manager",
        image: "controllerManager",
        config: secretNames.controllerManagerConfig,
        healthPort: 10357,
        flags: {
            ...failover,
            "cluster-status-update-frequency": "10s",
            "enable-no-execute-taint-eviction": true,
        },
    });

export const scheduler = (facts: PartFacts): Part =>
    controller(facts, {
        name: "karmada-scheduler",
        image: "scheduler",
        config: secretNames.schedulerConfig,
        healthPort: 10351,
        flags: {
            ...failover,
            ...(facts.optional.estimators
                ? { "enable-scheduler-estimator": true, ...estimatorClient }
                : {}),
        },
        readAtStart: facts.optional.estimators ? "scheduler" : undefined,
    });

export const descheduler = (facts: PartFacts): Part =>
    controller(facts, {
        name: "karmada-descheduler",
        image: "descheduler",
        config: secretNames.deschedulerConfig,
        healthPort: 10358,
        flags: estimatorClient,
        readAtStart: "descheduler",
    });
