import { networkPolicies } from "../../../policies/rules/kubernetes/networkPolicies";
import { noClusterAdmin } from "../../../policies/rules/kubernetes/noClusterAdmin";
import { noDefaultNamespace } from "../../../policies/rules/kubernetes/noDefaultNamespace";
import { podSecurity } from "../../../policies/rules/kubernetes/podSecurity";
import { resourcesSaid } from "../../../policies/rules/kubernetes/resourcesSaid";
import { describeRule } from "./describeRule";
import { unknown, type Writable } from "./judge";

const enforce = "pod-security.kubernetes.io/enforce";
const workload = () => ({
    type: "kubernetes:apps/v1:Deployment",
    props: {
        metadata: { name: "nginx", namespace: "web" } as { name: string; namespace?: string },
        spec: {
            template: {
                spec: {
                    containers: [
                        {
                            resources: {
                                requests: { cpu: "100m", memory: "64Mi" },
                                limits: { memory: "64Mi" },
                            } as Writable,
                        },
                    ],
                },
            },
        },
    },
    providerProps: {} as Writable,
});

describe("rules for Kubernetes objects", () => {
    describeRule(podSecurity, {
        good: {
            namespace: {
                type: "kubernetes:core/v1:Namespace",
                props: { metadata: { name: "web", labels: { [enforce]: "restricted" } } },
            },
        },
        alsoGood: {
            "a namespace of Karmada's API, without pods": ({ namespace }) =>
                (namespace.props.metadata = { name: "karmada-es-one" } as never),
            "the weaker standard where it is enough": {
                change: ({ namespace }) => (namespace.props.metadata.labels[enforce] = "baseline"),
                config: { standard: "baseline" },
            },
        },
        bad: {
            "no label": {
                change: ({ namespace }) => (namespace.props.metadata.labels = {} as never),
                says: /labels\["pod-security\.kubernetes\.io\/enforce"\] is not set: set it to "restricted"/,
            },
            "the weaker standard": {
                change: ({ namespace }) => (namespace.props.metadata.labels[enforce] = "baseline"),
                says: /is "baseline": set it to "restricted"/,
            },
            "a word that is none": {
                change: ({ namespace }) => (namespace.props.metadata.labels[enforce] = "yes"),
                says: /is "yes"/,
            },
        },
        unknown: {
            "the labels": ({ namespace }) => (namespace.props.metadata.labels = unknown as never),
        },
    });

    describeRule(networkPolicies, {
        good: {
            workload: workload(),
            policy: {
                type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
                props: {
                    metadata: { namespace: "web" },
                    spec: { podSelector: {} as Writable, policyTypes: ["Ingress"] } as Writable,
                },
            },
        },
        alsoGood: {
            "what Karmada propagates": (samples) => {
                samples.policy.type = "kubernetes:policy.karmada.io/v1alpha1:PropagationPolicy";
                samples.policy.props.spec = {
                    resourceSelectors: [{ name: "nginx", namespace: "web" }],
                };
            },
        },
        bad: {
            "a namespace without one": {
                change: ({ policy }) => (policy.props.metadata.namespace = "other"),
                says: /workload: .*no NetworkPolicy refuses by default what calls pods in web/,
            },
            "one for some pods": {
                change: ({ policy }) =>
                    (policy.props.spec.podSelector = { matchLabels: { app: "nginx" } }),
                says: /no NetworkPolicy refuses by default/,
            },
            "one that lets everybody in": {
                change: ({ policy }) => (policy.props.spec.ingress = [{}]),
                says: /no NetworkPolicy refuses by default/,
            },
            "one for the way out": {
                change: ({ policy }) => (policy.props.spec.policyTypes = ["Egress"]),
                says: /no NetworkPolicy refuses by default/,
            },
        },
        unknown: { "a policy": ({ policy }) => (policy.props.spec = unknown as never) },
    });

    describeRule(resourcesSaid, {
        good: { workload: workload() },
        bad: {
            "a container that says nothing": {
                change: ({ workload: { props } }) =>
                    (props.spec.template.spec.containers[0]!.resources = {}),
                says: /containers\[0\]\.resources lacks requests\.cpu, requests\.memory, limits\.memory/,
            },
            "memory without a limit": {
                change: ({ workload: { props } }) =>
                    delete props.spec.template.spec.containers[0]!.resources.limits,
                says: /resources lacks limits\.memory/,
            },
        },
        unknown: {
            "the resources": ({ workload: { props } }) =>
                (props.spec.template.spec.containers[0]!.resources = unknown as never),
        },
    });

    describeRule(noDefaultNamespace, {
        good: { workload: workload() },
        alsoGood: {
            "the provider's namespace": ({ workload: { props, providerProps } }) => {
                delete props.metadata.namespace;
                providerProps.namespace = "web";
            },
        },
        bad: {
            "no namespace": {
                change: ({ workload: { props } }) => delete props.metadata.namespace,
                says: /metadata\.namespace is "default" or left out/,
            },
            "the default one by name": {
                change: ({ workload: { props } }) => (props.metadata.namespace = "default"),
                says: /metadata\.namespace is "default" or left out/,
            },
        },
        unknown: {
            "the namespace": ({ workload: { props } }) => (props.metadata.namespace = unknown),
        },
    });

    const everything = { apiGroups: ["*"], resources: ["*"], verbs: ["*"] };
    describeRule(noClusterAdmin, {
        good: {
            role: {
                type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
                props: {
                    metadata: { name: "reader" },
                    rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["get"] }],
                },
            },
            binding: {
                type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
                props: { metadata: { name: "reader" }, roleRef: { name: "reader" } },
            },
        },
        alsoGood: {
            "Karmada in a member": ({ role: { props } }) => {
                props.metadata.name = "karmada-controller-manager:karmada-one";
                props.rules = [everything];
            },
        },
        bad: {
            "a role that may do everything": {
                change: ({ role: { props } }) => (props.rules = [everything]),
                says: /rules\[0\] allows every verb on every resource/,
            },
            "the one that Kubernetes brings": {
                change: ({ binding: { props } }) => (props.roleRef.name = "cluster-admin"),
                says: /roleRef\.name is cluster-admin/,
            },
        },
        unknown: {
            "the verbs": ({ role: { props } }) => (props.rules[0]!.verbs = unknown as never),
        },
    });
});
