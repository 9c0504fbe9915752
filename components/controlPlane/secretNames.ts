/** Secrets of the control plane; each is a folder of files where it is mounted. */
export const secretNames = {
    apiServer: "karmada-apiserver-cert",
    apiServerEtcdClient: "karmada-apiserver-etcd-client-cert",
    frontProxyClient: "karmada-apiserver-front-proxy-client-cert",
    aggregatedApiServer: "karmada-aggregated-apiserver-cert",
    aggregatedEtcdClient: "karmada-aggregated-apiserver-etcd-client-cert",
    webhook: "karmada-webhook-cert",
    authority: "karmada-signing-authority",
    serviceAccount: "karmada-service-account-key-pair",
    encryption: "karmada-secrets-encryption",
    aggregatedApiServerConfig: "karmada-aggregated-apiserver-config",
    webhookConfig: "karmada-webhook-config",
    kubeControllerManagerConfig: "kube-controller-manager-config",
    controllerManagerConfig: "karmada-controller-manager-config",
    schedulerConfig: "karmada-scheduler-config",
} as const;

export type SecretName = (typeof secretNames)[keyof typeof secretNames];
