/** What EKS offers, as of 2026-11-21. */
export interface EksRelease {
    /** Last day on which it costs no more than any other. */
    readonly standardSupportUntil: string;
    /** Last day on which it is there at all. */
    readonly extendedSupportUntil: string;
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
        extendedSupportUntil: "2028-08-02",
        addOns: { ...shared, "kube-proxy": "v1.36.0-eksbuild.14" },
    },
    "1.35": {
        standardSupportUntil: "2027-03-27",
        extendedSupportUntil: "2028-03-27",
        addOns: { ...shared, "kube-proxy": "v1.35.3-eksbuild.13" },
    },
};

/** Those that EKS has besides, or had: they are not made here, but people ask for them. */
export const otherEksReleases: Readonly<Record<string, Omit<EksRelease, "addOns">>> = {
    "1.34": { standardSupportUntil: "2026-12-02", extendedSupportUntil: "2027-12-02" },
    "1.33": { standardSupportUntil: "2026-07-29", extendedSupportUntil: "2027-07-29" },
    "1.32": { standardSupportUntil: "2026-03-23", extendedSupportUntil: "2027-03-23" },
    "1.31": { standardSupportUntil: "2025-11-26", extendedSupportUntil: "2026-11-26" },
    "1.30": { standardSupportUntil: "2025-07-23", extendedSupportUntil: "2026-07-23" },
    "1.29": { standardSupportUntil: "2025-03-23", extendedSupportUntil: "2026-03-23" },
};

export const defaultEksVersion = "1.36";
