import { systemNamespace } from "./namespaces";

const name = "karmada-members-first";
const api = "admissionregistration.k8s.io/v1";

/** What only goes when no member is joined. It says nothing else. */
export const lastToStay = () => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, namespace: systemNamespace },
});

/**
 * Karmada's own API refuses that, so that whoever destroys it need not ask first: each member is a
 * parameter of the policy, and with any there is, it holds.
 */
export const membersFirstPolicy = () => ({
    apiVersion: api,
    kind: "ValidatingAdmissionPolicy",
    metadata: { name },
    spec: {
        failurePolicy: "Fail",
        paramKind: { apiVersion: "cluster.karmada.io/v1alpha1", kind: "Cluster" },
        matchConstraints: {
            resourceRules: [
                {
                    apiGroups: [""],
                    apiVersions: ["v1"],
                    operations: ["DELETE"],
                    resources: ["configmaps"],
                    resourceNames: [name],
                },
            ],
        },
        validations: [
            {
                expression: "false",
                messageExpression:
                    "'member \"' + params.metadata.name + '\" is joined; let it leave first, or set destroyWithMembers and update.'",
            },
        ],
    },
});

export const membersFirstBinding = () => ({
    apiVersion: api,
    kind: "ValidatingAdmissionPolicyBinding",
    metadata: { name },
    spec: {
        policyName: name,
        paramRef: { selector: {}, parameterNotFoundAction: "Allow" },
        validationActions: ["Deny"],
    },
});
