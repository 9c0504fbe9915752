import { aggregationFlags, apiServerSpec, etcdFlags } from "./apiServer";
import { httpProbe, httpsProbe, karmadaName, servingFlags, type Cluster } from "./cluster";
import { flags } from "./flags";
import { portOf } from "./ports";
import type { ProcessSpec } from "./processes";
import type { FederationBinaries } from "./options";

const named = (component: string) => `${karmadaName}.${component}`;

const names = {
    kubeControllerManager: named("kube-controller-manager"),
    webhook: named("webhook"),
    aggregatedApiServer: named("aggregated-apiserver"),
    controllerManager: named("controller-manager"),
    scheduler: named("scheduler"),
} as const;

export const controlPlaneNames = Object.values(names);

const serviceRange = "10.96.0.0/12";
/** A member that fails is evacuated, as in production. */
const failover = { "feature-gates": "Failover=true" };

/** Karmada's own processes. */
export function controlPlaneSpecs(cluster: Cluster, binaries: FederationBinaries) {
    const { pki, ports, kubeconfig } = cluster;
    const port = (name: string) => portOf(ports, name);

    const apiServer = apiServerSpec(
        cluster,
        binaries["kube-apiserver"],
        {
            "authorization-mode": "Node,RBAC",
            "enable-bootstrap-token-auth": true,
            "disable-admission-plugins": "StorageObjectInUseProtection,ServiceAccount",
            "service-account-issuer": "https://kubernetes.default.svc.cluster.local",
            "service-cluster-ip-range": serviceRange,
            ...aggregationFlags(cluster),
        },
        "/karmada",
    );

    const kubeControllerManager: ProcessSpec = {
        name: names.kubeControllerManager,
        command: binaries["kube-controller-manager"],
        args: [
            ...servingFlags(cluster),
            ...flags({
                kubeconfig,
                "bind-address": "127.0.0.1",
                "secure-port": port(names.kubeControllerManager),
                "leader-elect": false,
                "cluster-name": karmadaName,
                "client-ca-file": pki.caCertificate,
                "cluster-signing-cert-file": pki.caCertificate,
                "cluster-signing-key-file": pki.caKey,
                "root-ca-file": pki.caCertificate,
                "service-account-private-key-file": pki.serviceAccountKey,
                "use-service-account-credentials": true,
                "service-cluster-ip-range": serviceRange,
                controllers: [
                    "namespace",
                    "garbagecollector",
                    "serviceaccount-token",
                    "ttl-after-finished",
                    "bootstrapsigner",
                    "tokencleaner",
                    "csrcleaner",
                    "csrsigning",
                    "clusterrole-aggregation",
                ].join(),
            }),
        ],
        ports: [port(names.kubeControllerManager)],
        ready: httpsProbe(cluster, port(names.kubeControllerManager), "/healthz"),
    };

    const webhook: ProcessSpec = {
        name: names.webhook,
        command: binaries["karmada-webhook"],
        args: flags({
            kubeconfig,
            "bind-address": "127.0.0.1",
            "secure-port": port(names.webhook),
            "cert-dir": pki.serving,
            "metrics-bind-address": "0",
            "health-probe-bind-address": "0",
            "allow-no-execute-taint-policy": true,
        }),
        ports: [port(names.webhook)],
        ready: httpsProbe(cluster, port(names.webhook), "/readyz/"),
    };

    const aggregatedApiServer: ProcessSpec = {
        name: names.aggregatedApiServer,
        command: binaries["karmada-aggregated-apiserver"],
        args: [
            ...flags({
                kubeconfig,
                "authentication-kubeconfig": kubeconfig,
                "authorization-kubeconfig": kubeconfig,
            }),
            ...etcdFlags(cluster, "/karmada-aggregated"),
            ...servingFlags(cluster),
            ...flags({
                "bind-address": "127.0.0.1",
                "secure-port": port(names.aggregatedApiServer),
            }),
        ],
        ports: [port(names.aggregatedApiServer)],
        ready: httpsProbe(cluster, port(names.aggregatedApiServer), "/readyz"),
    };

    const karmadaController = (
        name: string,
        command: string,
        own: Readonly<Record<string, string | boolean>>,
    ): ProcessSpec => ({
        name,
        command,
        args: flags({
            kubeconfig,
            "leader-elect": false,
            "metrics-bind-address": "0",
            "health-probe-bind-address": `127.0.0.1:${port(name)}`,
            ...failover,
            ...own,
        }),
        ports: [port(name)],
        ready: httpProbe(port(name), "/healthz"),
    });

    return {
        apiServer,
        kubeControllerManager,
        webhook,
        aggregatedApiServer,
        controllerManager: karmadaController(
            names.controllerManager,
            binaries["karmada-controller-manager"],
            {
                "cluster-status-update-frequency": "10s",
                "enable-no-execute-taint-eviction": true,
            },
        ),
        scheduler: karmadaController(names.scheduler, binaries["karmada-scheduler"], {}),
    };
}

export type ControlPlaneSpecs = ReturnType<typeof controlPlaneSpecs>;
