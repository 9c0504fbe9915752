/** A user and group of no name and no right. */
const nobody = 65532;

/** What Pod Security "restricted" asks of a pod, and of each of its containers, and a little more. */
export const restrictedPod = {
    automountServiceAccountToken: false,
    // Variables for every Service around would only be mistaken for settings.
    enableServiceLinks: false,
    securityContext: {
        runAsNonRoot: true,
        runAsUser: nobody,
        runAsGroup: nobody,
        fsGroup: nobody,
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
    },
} as const;

export const restrictedContainer = {
    imagePullPolicy: "IfNotPresent",
    securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] as string[] },
    },
} as const;

/** A Secret as a folder of files; `defaultMode` lets the pod's group read them, and nobody else. */
export const secretFolder = (name: string, secretName: string) => ({
    name,
    secret: { secretName, defaultMode: 0o440 },
});
