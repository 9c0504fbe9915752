import { ports, serviceRange } from "../layout";
import { mounted, type Part } from "../part";
import { secretNames } from "../secretNames";
import { etcdClient, type PartFacts, probe, serving } from "./shared";

/**
 * Load balancers check health without TLS 1.3, so the API server alone speaks 1.2 as well, but only
 * with forward secrecy and authenticated encryption.
 */
const cipherSuites = [
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
] as const;

/** Longer than a load balancer takes to notice: two checks, ten seconds apart, and a little more. */
const shutdownDelaySeconds = 30;

export function apiServer(facts: PartFacts): Part {
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
            "tls-cipher-suites": cipherSuites.join(),
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
            // Meanwhile /readyz says no, so that load balancers go elsewhere, and every call is answered.
            "shutdown-delay-duration": `${shutdownDelaySeconds}s`,
            "proxy-client-cert-file": mounted("front-proxy", "tls.crt"),
            "proxy-client-key-file": mounted("front-proxy", "tls.key"),
            "requestheader-client-ca-file": mounted("front-proxy", "ca.crt"),
            "requestheader-allowed-names": "front-proxy-client",
            "requestheader-extra-headers-prefix": "X-Remote-Extra-",
            "requestheader-group-headers": "X-Remote-Group",
            "requestheader-username-headers": "X-Remote-User",
        },
        ports: { https: ports.apiServer },
        metrics: { port: "https", scheme: "HTTPS" },
        service: "https",
        secrets: {
            server: secretNames.apiServer,
            "etcd-client": secretNames.apiServerEtcdClient,
            "front-proxy": secretNames.frontProxyClient,
            "service-account": secretNames.serviceAccount,
            encryption: secretNames.encryption,
        },
        configMaps: { audit: "karmada-audit-policy", authentication: "karmada-authentication" },
        livenessProbe: { ...probe("HTTPS", ports.apiServer, "/livez"), failureThreshold: 8 },
        // A pod that ends still serves while load balancers send it calls: a node drops what comes for
        // a pod that is not ready and the last one there.
        readinessProbe: probe("HTTPS", ports.apiServer, "/readyz?exclude=shutdown", 1),
        requests: { cpu: "250m", memory: "512Mi" },
        memoryLimit: "2Gi",
        // The delay, and then as long as the longest call may take.
        gracePeriodSeconds: shutdownDelaySeconds + 60,
    };
}
