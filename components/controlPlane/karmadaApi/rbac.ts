const rbac = "rbac.authorization.k8s.io";
const api = `${rbac}/v1`;

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
    apiVersion: api,
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

/** For somebody who is nobody else: a user, by name. */
const grantedTo = (user: string, name: string, rule: object) => [
    { apiVersion: api, kind: "ClusterRole", metadata: { name }, rules: [rule] },
    {
        apiVersion: api,
        kind: "ClusterRoleBinding",
        metadata: { name },
        roleRef: { apiGroup: rbac, kind: "ClusterRole", name },
        subjects: [{ apiGroup: rbac, kind: "User", name: user }],
    },
];

/** The API servers' own metrics, and nothing of what is in Karmada. */
export const metricsReader = (user: string) =>
    grantedTo(user, "karmada-metrics-reader", { nonResourceURLs: ["/metrics"], verbs: ["get"] });

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
    // The aggregated API server trusts exactly this name for its proxy.
    ...grantedTo("system:admin", "cluster-proxy-admin", {
        apiGroups: ["cluster.karmada.io"],
        resources: ["clusters/proxy"],
        verbs: ["*"],
    }),
];
