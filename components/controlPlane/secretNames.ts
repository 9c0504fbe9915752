/** Secrets of the control plane; each is a folder of files where it is mounted. */
export const secretNames = {
    apiServer: "karmada-apiserver-cert",
    apiServerEtcdClient: "karmada-apiserver-etcd-client-cert",
    frontProxyClient: "karmada-apiserver-front-proxy-client-cert",
    aggregatedApiServer: "karmada-aggregated-apiserver-cert",
    aggregatedEtcdClient: "karmada-aggregated-apiserver-etcd-client-cert",
    search: "karmada-search-cert",
    searchEtcdClient: "karmada-search-etcd-client-cert",
    metricsAdapter: "karmada-metrics-adapter-cert",
    webhook: "karmada-webhook-cert",
    kubeControllerManager: "kube-controller-manager-cert",
    authority: "karmada-signing-authority",
    serviceAccount: "karmada-service-account-key-pair",
    encryption: "karmada-secrets-encryption",
    aggregatedApiServerConfig: "karmada-aggregated-apiserver-config",
    searchConfig: "karmada-search-config",
    metricsAdapterConfig: "karmada-metrics-adapter-config",
    webhookConfig: "karmada-webhook-config",
    kubeControllerManagerConfig: "kube-controller-manager-config",
    controllerManagerConfig: "karmada-controller-manager-config",
    schedulerConfig: "karmada-scheduler-config",
    deschedulerConfig: "karmada-descheduler-config",
} as const;

export type SecretName = (typeof secretNames)[keyof typeof secretNames];
