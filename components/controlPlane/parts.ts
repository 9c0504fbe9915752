import { ports, serviceRange } from "./layout";
import { mounted, mountRoot, type Part, type Probe } from "./part";
import { type SecretName, secretNames } from "./secretNames";

/** What the parts need to know of their surroundings, all of it known in a preview. */
export interface PartFacts {
    readonly etcdServers: readonly string[];
    /** Of the API server, aggregated API server and webhook. */
    readonly servers: number;
    readonly controllers: number;
}

/**
 * Load balancers check health without TLS 1.3, so the API server alone speaks 1.2 as well, but only
 * with forward secrecy and authenticated encryption.
 */
const apiServerCipherSuites = [
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
] as const;

const kubeconfig = mounted("config", "karmada.config");
const extensionKubeconfigs = {
    kubeconfig,
    "authentication-kubeconfig": kubeconfig,
    "authorization-kubeconfig": kubeconfig,
};
const serving = {
    "tls-cert-file": mounted("server", "tls.crt"),
    "tls-private-key-file": mounted("server", "tls.key"),
};
const etcdClient = (servers: readonly string[]) => ({
    "etcd-servers": servers.join(),
    "etcd-cafile": mounted("etcd-client", "ca.crt"),
    "etcd-certfile": mounted("etcd-client", "tls.crt"),
    "etcd-keyfile": mounted("etcd-client", "tls.key"),
});

const probe = (scheme: Probe["scheme"], port: number, path: string, periodSeconds = 10): Probe => ({
    path,
    port,
    scheme,
    periodSeconds,
    timeoutSeconds: 15,
    failureThreshold: 3,
});

/** An API server's start is as slow as its etcd: two minutes before it counts as dead. */
const slowStart = (each: Probe): Probe => ({ ...each, periodSeconds: 2, failureThreshold: 60 });

function apiServer(facts: PartFacts): Part {
    const live = probe("HTTPS", ports.apiServer, "/livez");
    return {
        name: "karmada-apiserver",
        image: "apiServer",
        replicas: facts.servers,
        command: "kube-apiserver",
        flags: {
            ...etcdClient(facts.etcdServers),
            ...serving,
            "bind-address": "0.0.0.0",
            "secure-port": ports.apiServer,
            "tls-min-version": "VersionTLS12",
            "tls-cipher-suites": apiServerCipherSuites.join(),
            "client-ca-file": mounted("server", "ca.crt"),
            "authorization-mode": "Node,RBAC",
            "authentication-config": mounted("authentication", "authentication.json"),
            "encryption-provider-config": mounted("encryption", "encryption.json"),
            "encryption-provider-config-automatic-reload": true,
            "audit-policy-file": mounted("audit", "policy.json"),
            "audit-log-path": "-",
            // There are no nodes in Karmada's API whose kubelets these two would serve.
            "disable-admission-plugins": "StorageObjectInUseProtection,ServiceAccount",
            "service-account-issuer": "https://kubernetes.default.svc.cluster.local",
            "service-account-key-file": mounted("service-account", "sa.pub"),
            "service-account-signing-key-file": mounted("service-account", "sa.key"),
            "service-cluster-ip-range": serviceRange,
            "proxy-client-cert-file": mounted("front-proxy", "tls.crt"),
            "proxy-client-key-file": mounted("front-proxy", "tls.key"),
            "requestheader-client-ca-file": mounted("front-proxy", "ca.crt"),
            "requestheader-allowed-names": "front-proxy-client",
            "requestheader-extra-headers-prefix": "X-Remote-Extra-",
            "requestheader-group-headers": "X-Remote-Group",
            "requestheader-username-headers": "X-Remote-User",
        },
        ports: { https: ports.apiServer },
        servicePort: ports.apiServer,
        secrets: {
            server: secretNames.apiServer,
            "etcd-client": secretNames.apiServerEtcdClient,
            "front-proxy": secretNames.frontProxyClient,
            "service-account": secretNames.serviceAccount,
            encryption: secretNames.encryption,
        },
        configMaps: { audit: "karmada-audit-policy", authentication: "karmada-authentication" },
        startupProbe: slowStart(live),
        livenessProbe: { ...live, failureThreshold: 8 },
        readinessProbe: probe("HTTPS", ports.apiServer, "/readyz", 1),
        requests: { cpu: "250m", memory: "512Mi" },
        memoryLimit: "2Gi",
        gracePeriodSeconds: 60,
    };
}

const aggregatedApiServer = (facts: PartFacts): Part => ({
    name: "karmada-aggregated-apiserver",
    image: "aggregatedApiServer",
    replicas: facts.servers,
    command: "/bin/karmada-aggregated-apiserver",
    flags: {
        ...extensionKubeconfigs,
        ...etcdClient(facts.etcdServers),
        ...serving,
        "bind-address": "0.0.0.0",
        "secure-port": ports.aggregatedApiServer,
        "tls-min-version": "VersionTLS13",
        "audit-log-path": "-",
    },
    ports: { https: ports.aggregatedApiServer },
    servicePort: 443,
    secrets: {
        config: secretNames.aggregatedApiServerConfig,
        server: secretNames.aggregatedApiServer,
        "etcd-client": secretNames.aggregatedEtcdClient,
    },
    startupProbe: slowStart(probe("HTTPS", ports.aggregatedApiServer, "/healthz")),
    livenessProbe: probe("HTTPS", ports.aggregatedApiServer, "/healthz"),
    readinessProbe: probe("HTTPS", ports.aggregatedApiServer, "/readyz", 3),
    requests: { cpu: "100m", memory: "128Mi" },
    memoryLimit: "1Gi",
    gracePeriodSeconds: 30,
});

const webhook = (facts: PartFacts): Part => ({
    name: "karmada-webhook",
    image: "webhook",
    replicas: facts.servers,
    command: "/bin/karmada-webhook",
    flags: {
        kubeconfig,
        "bind-address": "0.0.0.0",
        "secure-port": ports.webhook,
        "cert-dir": `${mountRoot}/server`,
        "tls-min-version": "1.3",
        "metrics-bind-address": `:${ports.metrics}`,
        "health-probe-bind-address": ":8000",
        "allow-no-execute-taint-policy": true,
    },
    ports: { https: ports.webhook, metrics: ports.metrics },
    servicePort: 443,
    secrets: { config: secretNames.webhookConfig, server: secretNames.webhook },
    livenessProbe: probe("HTTPS", ports.webhook, "/readyz"),
    readinessProbe: probe("HTTPS", ports.webhook, "/readyz", 3),
    requests: { cpu: "50m", memory: "128Mi" },
    memoryLimit: "1Gi",
    gracePeriodSeconds: 30,
});

const kubeControllerManager = (facts: PartFacts): Part => ({
    name: "kube-controller-manager",
    image: "kubeControllerManager",
    replicas: facts.controllers,
    command: "kube-controller-manager",
    flags: {
        ...extensionKubeconfigs,
        "bind-address": "0.0.0.0",
        "secure-port": 10257,
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
    ports: { metrics: 10257 },
    secrets: {
        config: secretNames.kubeControllerManagerConfig,
        authority: secretNames.authority,
        "service-account": secretNames.serviceAccount,
    },
    livenessProbe: { ...probe("HTTPS", 10257, "/healthz"), failureThreshold: 8 },
    readinessProbe: probe("HTTPS", 10257, "/healthz", 3),
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
    secrets: { config: own.config },
    livenessProbe: probe("HTTP", own.healthPort, "/healthz"),
    readinessProbe: probe("HTTP", own.healthPort, "/healthz", 3),
    requests: { cpu: "100m", memory: "128Mi" },
    memoryLimit: "1Gi",
    gracePeriodSeconds: 30,
});

/** Workloads leave a member that has failed. */
const failover = { "feature-gates": "Failover=true" };

/** The control plane without its etcd: the API server first, then what needs its API. */
export function partsOf(facts: PartFacts) {
    return {
        apiServer: apiServer(facts),
        aggregatedApiServer: aggregatedApiServer(facts),
        webhook: webhook(facts),
        kubeControllerManager: kubeControllerManager(facts),
        controllerManager: controller(facts, {
            name: "karmada-controller-manager",
            image: "controllerManager",
            config: secretNames.controllerManagerConfig,
            healthPort: 10357,
            flags: {
                ...failover,
                "cluster-status-update-frequency": "10s",
                "enable-no-execute-taint-eviction": true,
            },
        }),
        scheduler: controller(facts, {
            name: "karmada-scheduler",
            image: "scheduler",
            config: secretNames.schedulerConfig,
            healthPort: 10351,
            flags: failover,
        }),
    } as const;
}
