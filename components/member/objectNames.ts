/** Where Karmada keeps the credentials of its members, in its own API and in each member. */
export const clusterNamespace = "karmada-cluster";

/** Where the agent lives in a member. */
export const agentNamespace = "karmada-system";

/** Marks what exists for Karmada itself: it is never propagated. */
export const systemLabels = { "karmada.io/system": "true" } as const;

/** Names that Karmada derives from a member's name; other parts of Karmada look for exactly these. */
export function objectNames(clusterName: string) {
    return {
        controllerAccount: `karmada-${clusterName}`,
        controllerRole: `karmada-controller-manager:karmada-${clusterName}`,
        impersonatorAccount: "karmada-impersonator",
        credentials: clusterName,
        impersonatorCredentials: `${clusterName}-impersonator`,
        executionNamespace: `karmada-es-${clusterName}`,
        agentUser: `system:karmada:agent:${clusterName}`,
        agentGroup: "system:karmada:agents",
        agentRole: `system:karmada:${clusterName}:agent`,
        agentWorkRole: `system:karmada:${clusterName}:agent-work`,
        agentLeaseRole: `system:karmada:${clusterName}:agent-lease`,
        agentFinalizerRole: `system:karmada:${clusterName}:agent-finalizer`,
        /** An admission policy's name may have no colon. */
        agentAdmission: `karmada-agent-${clusterName}`,
    } as const;
}
