/** What the built-in roles view, edit and admin are to see of Karmada. */
const namespacedResources: Readonly<Record<string, readonly string[]>> = {
    "autoscaling.karmada.io": [
        "cronfederatedhpas",
        "cronfederatedhpas/status",
        "federatedhpas",
        "federatedhpas/status",
    ],
    "multicluster.x-k8s.io": [
        "serviceexports",
        "serviceexports/status",
        "serviceimports",
        "serviceimports/status",
    ],
    "networking.karmada.io": [
        "multiclusteringresses",
        "multiclusteringresses/status",
        "multiclusterservices",
        "multiclusterservices/status",
    ],
    "policy.karmada.io": ["overridepolicies", "propagationpolicies"],
    "work.karmada.io": ["resourcebindings", "resourcebindings/status", "works", "works/status"],
};

const aggregatedRole = (name: string, into: "view" | "edit", verbs: readonly string[]) => ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: {
        name,
        labels: {
            "karmada.io/bootstrapping": "rbac-defaults",
            [`rbac.authorization.k8s.io/aggregate-to-${into}`]: "true",
        },
    },
    rules: Object.entries(namespacedResources).map(([group, resources]) => ({
        apiGroups: [group],
        resources,
        verbs,
    })),
});

const clusterProxyAdmin = "cluster-proxy-admin";

/** Roles of Karmada's API; the administrator may also reach into members through the proxy. */
export const roles = () => [
    aggregatedRole("karmada-view", "view", ["get", "list", "watch"]),
    aggregatedRole("karmada-edit", "edit", [
        "create",
        "delete",
        "deletecollection",
        "patch",
        "update",
    ]),
    {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRole",
        metadata: { name: clusterProxyAdmin },
        rules: [{ apiGroups: ["cluster.karmada.io"], resources: ["clusters/proxy"], verbs: ["*"] }],
    },
    {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRoleBinding",
        metadata: { name: clusterProxyAdmin },
        roleRef: {
            apiGroup: "rbac.authorization.k8s.io",
            kind: "ClusterRole",
            name: clusterProxyAdmin,
        },
        // The aggregated API server trusts exactly this name for its proxy.
        subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "system:admin" }],
    },
];
