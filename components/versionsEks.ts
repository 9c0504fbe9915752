/** What EKS offers, as of 2026-11-21. */
export interface EksRelease {
    /** Last day on which it costs no more than any other. */
    readonly standardSupportUntil: string;
    readonly addOns: AddOnVersions;
}

export interface AddOnVersions {
    readonly "eks-pod-identity-agent": string;
    readonly "vpc-cni": string;
    readonly "kube-proxy": string;
    readonly coredns: string;
    readonly "aws-ebs-csi-driver": string;
}

/** Good for every Kubernetes here. */
const shared = {
    "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
    "vpc-cni": "v1.22.3-eksbuild.1",
    coredns: "v1.14.3-eksbuild.3",
    "aws-ebs-csi-driver": "v1.63.1-eksbuild.1",
} as const;

export const eksReleases: Readonly<Record<string, EksRelease>> = {
    "1.36": {
        standardSupportUntil: "2027-08-02",
        addOns: { ...shared, "kube-proxy": "v1.36.0-eksbuild.14" },
    },
    "1.35": {
        standardSupportUntil: "2027-03-27",
        addOns: { ...shared, "kube-proxy": "v1.35.3-eksbuild.13" },
    },
};

export const defaultEksVersion = "1.36";
