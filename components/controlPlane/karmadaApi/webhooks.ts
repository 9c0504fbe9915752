import { clientConfigFor, type WebhookEndpoint } from "./webhookEndpoint";

interface Hook {
    readonly name: string;
    readonly path: string;
    readonly group: string;
    readonly resources: string;
    readonly scope: "Namespaced" | "Cluster" | "*";
    readonly operations?: readonly string[];
    readonly sideEffects?: "None" | "NoneOnDryRun";
    readonly timeoutSeconds?: number;
    readonly objectSelector?: object;
}

const policy = { group: "policy.karmada.io" } as const;
const work = { group: "work.karmada.io" } as const;
const config = { group: "config.karmada.io" } as const;
const autoscaling = { group: "autoscaling.karmada.io" } as const;
const networking = { group: "networking.karmada.io" } as const;

const mutatingHooks: readonly Hook[] = [
    {
        ...policy,
        name: "propagationpolicy.karmada.io",
        path: "/mutate-propagationpolicy",
        resources: "propagationpolicies",
        scope: "Namespaced",
    },
    {
        ...policy,
        name: "clusterpropagationpolicy.karmada.io",
        path: "/mutate-clusterpropagationpolicy",
        resources: "clusterpropagationpolicies",
        scope: "Cluster",
    },
    {
        ...policy,
        name: "overridepolicy.karmada.io",
        path: "/mutate-overridepolicy",
        resources: "overridepolicies",
        scope: "Namespaced",
    },
    {
        ...work,
        name: "resourcebinding.karmada.io",
        path: "/mutate-resourcebinding",
        resources: "resourcebindings",
        scope: "Namespaced",
        operations: ["CREATE"],
    },
    {
        ...work,
        name: "clusterresourcebinding.karmada.io",
        path: "/mutate-clusterresourcebinding",
        resources: "clusterresourcebindings",
        scope: "Cluster",
        operations: ["CREATE"],
    },
    {
        ...work,
        name: "work.karmada.io",
        path: "/mutate-work",
        resources: "works",
        scope: "Namespaced",
    },
    {
        ...autoscaling,
        name: "autoscaling.karmada.io",
        path: "/mutate-federatedhpa",
        resources: "federatedhpas",
        scope: "Namespaced",
    },
    {
        ...networking,
        name: "multiclusterservice.karmada.io",
        path: "/mutate-multiclusterservice",
        resources: "multiclusterservices",
        scope: "Namespaced",
    },
];

const validatingHooks: readonly Hook[] = [
    {
        ...policy,
        name: "propagationpolicy.karmada.io",
        path: "/validate-propagationpolicy",
        resources: "propagationpolicies",
        scope: "Namespaced",
    },
    {
        ...policy,
        name: "clusterpropagationpolicy.karmada.io",
        path: "/validate-clusterpropagationpolicy",
        resources: "clusterpropagationpolicies",
        scope: "Cluster",
    },
    {
        ...policy,
        name: "overridepolicy.karmada.io",
        path: "/validate-overridepolicy",
        resources: "overridepolicies",
        scope: "Namespaced",
    },
    {
        ...policy,
        name: "clusteroverridepolicy.karmada.io",
        path: "/validate-clusteroverridepolicy",
        resources: "clusteroverridepolicies",
        scope: "Cluster",
    },
    {
        ...config,
        name: "config.karmada.io",
        path: "/validate-resourceinterpreterwebhookconfiguration",
        resources: "resourceinterpreterwebhookconfigurations",
        scope: "Cluster",
    },
    {
        ...config,
        name: "resourceinterpretercustomization.karmada.io",
        path: "/validate-resourceinterpretercustomization",
        resources: "resourceinterpretercustomizations",
        scope: "Cluster",
        // It runs the customization's scripts.
        timeoutSeconds: 10,
    },
    {
        ...policy,
        name: "federatedresourcequota.karmada.io",
        path: "/validate-federatedresourcequota",
        resources: "federatedresourcequotas",
        scope: "Namespaced",
    },
    {
        ...networking,
        name: "multiclusteringress.karmada.io",
        path: "/validate-multiclusteringress",
        resources: "multiclusteringresses",
        scope: "Namespaced",
    },
    {
        ...autoscaling,
        name: "federatedhpa.karmada.io",
        path: "/validate-federatedhpa",
        resources: "federatedhpas",
        scope: "Namespaced",
    },
    {
        ...autoscaling,
        name: "cronfederatedhpa.karmada.io",
        path: "/validate-cronfederatedhpa",
        resources: "cronfederatedhpas",
        scope: "Namespaced",
    },
    {
        ...networking,
        name: "multiclusterservice.karmada.io",
        path: "/validate-multiclusterservice",
        resources: "multiclusterservices",
        scope: "Namespaced",
    },
    {
        name: "resourcedeletionprotection.karmada.io",
        path: "/validate-resourcedeletionprotection",
        group: "*",
        resources: "*",
        scope: "*",
        operations: ["DELETE"],
        objectSelector: {
            matchExpressions: [
                { key: "resourcetemplate.karmada.io/deletion-protected", operator: "Exists" },
            ],
        },
    },
    {
        ...work,
        name: "resourcebinding.karmada.io",
        path: "/validate-resourcebinding",
        resources: "resourcebindings",
        scope: "Namespaced",
        // It books the binding's replicas on a FederatedResourceQuota.
        sideEffects: "NoneOnDryRun",
    },
    {
        ...policy,
        name: "clustertaintpolicy.karmada.io",
        path: "/validate-clustertaintpolicy",
        resources: "clustertaintpolicies",
        scope: "Cluster",
    },
];

const metadata = (name: string) => ({ name, labels: { app: "karmada-webhook" } });

const webhook = <Bundle>(hook: Hook, endpoint: WebhookEndpoint<Bundle>) => ({
    name: hook.name,
    rules: [
        {
            operations: hook.operations ?? ["CREATE", "UPDATE"],
            apiGroups: [hook.group],
            apiVersions: ["*"],
            resources: [hook.resources],
            scope: hook.scope,
        },
    ],
    clientConfig: clientConfigFor(endpoint, hook.path),
    ...(hook.objectSelector && { objectSelector: hook.objectSelector }),
    failurePolicy: "Fail",
    sideEffects: hook.sideEffects ?? "None",
    admissionReviewVersions: ["v1"],
    timeoutSeconds: hook.timeoutSeconds ?? 3,
});

/** What karmada-webhook sets in Karmada's objects as they are written. */
export const mutatingWebhooks = <Bundle>(endpoint: WebhookEndpoint<Bundle>) => ({
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
    metadata: metadata("mutating-config"),
    webhooks: mutatingHooks.map((hook) => webhook(hook, endpoint)),
});

/** What karmada-webhook refuses. */
export const validatingWebhooks = <Bundle>(endpoint: WebhookEndpoint<Bundle>) => ({
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: metadata("validating-config"),
    webhooks: validatingHooks.map((hook) => webhook(hook, endpoint)),
});
