/** Versions of what a control plane runs. Everything else follows from these three. */
export interface ControlPlaneVersions {
    readonly karmada: string;
    /** Of Karmada's API server and of its kube-controller-manager. */
    readonly kubernetes: string;
    readonly etcd: string;
}

/** Every version of what the components run. */
export const versions = {
    karmada: "1.18.1",
    kubernetes: "1.35.2",
    etcd: "3.6.6-0",
} as const satisfies ControlPlaneVersions;

/** Minor versions of Kubernetes whose API server Karmada has been run on by this project or upstream. */
export const supportedPairs: Readonly<Record<string, readonly string[]>> = {
    "1.18": ["1.34", "1.35"],
    "1.17": ["1.34", "1.35"],
};

/** Every image, by tag. */
export function imagesOf({ karmada, kubernetes, etcd }: ControlPlaneVersions) {
    const ofKarmada = (name: string) => `docker.io/karmada/${name}:v${karmada}`;
    const ofKubernetes = (name: string) => `registry.k8s.io/${name}:v${kubernetes}`;
    return {
        etcd: `registry.k8s.io/etcd:${etcd}`,
        apiServer: ofKubernetes("kube-apiserver"),
        kubeControllerManager: ofKubernetes("kube-controller-manager"),
        aggregatedApiServer: ofKarmada("karmada-aggregated-apiserver"),
        controllerManager: ofKarmada("karmada-controller-manager"),
        scheduler: ofKarmada("karmada-scheduler"),
        webhook: ofKarmada("karmada-webhook"),
        search: ofKarmada("karmada-search"),
        metricsAdapter: ofKarmada("karmada-metrics-adapter"),
        descheduler: ofKarmada("karmada-descheduler"),
        schedulerEstimator: ofKarmada("karmada-scheduler-estimator"),
        karmadaAgent: ofKarmada("karmada-agent"),
        // It speaks S3 to any of them.
        uploader: "docker.io/rclone/rclone:1.75.1",
    } as const;
}

export type Images = Readonly<Record<keyof ReturnType<typeof imagesOf>, string>>;

export const images: Images = imagesOf(versions);
