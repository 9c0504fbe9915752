import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { clusterNamespace, objectNames, systemLabels } from "./objectNames";

/** The two APIs in which a member's objects live, and the names they get there. */
export interface Site {
    /** Prefix of every resource's Pulumi name. */
    readonly name: string;
    readonly clusterName: string;
    readonly objects: ReturnType<typeof objectNames>;
    readonly inKarmada: pulumi.CustomResourceOptions;
    readonly inMember: pulumi.CustomResourceOptions;
}

export type Rules = k8s.types.input.rbac.v1.PolicyRule[];
export type Subject = k8s.types.input.rbac.v1.Subject;

const rbac = "rbac.authorization.k8s.io";

/** A role for the whole cluster and its binding, named alike. */
export function grantEverywhere(
    resourceName: string,
    metadataName: string,
    rules: Rules,
    subject: Subject,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    const metadata = { name: metadataName, labels: systemLabels };
    const role = new k8s.rbac.v1.ClusterRole(`${resourceName}-role`, { metadata, rules }, opts);
    const roleRef = { apiGroup: rbac, kind: "ClusterRole", name: metadataName };
    const binding = new k8s.rbac.v1.ClusterRoleBinding(
        `${resourceName}-binding`,
        { metadata, roleRef, subjects: [subject] },
        pulumi.mergeOptions(opts, { dependsOn: role }),
    );
    return [role, binding];
}

/** A role inside one namespace and its binding, named alike. */
export function grantIn(
    namespace: string,
    resourceName: string,
    metadataName: string,
    rules: Rules,
    subject: Subject,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    const metadata = { name: metadataName, namespace, labels: systemLabels };
    const role = new k8s.rbac.v1.Role(`${resourceName}-role`, { metadata, rules }, opts);
    const roleRef = { apiGroup: rbac, kind: "Role", name: metadataName };
    const binding = new k8s.rbac.v1.RoleBinding(
        `${resourceName}-binding`,
        { metadata, roleRef, subjects: [subject] },
        pulumi.mergeOptions(opts, { dependsOn: role }),
    );
    return [role, binding];
}

export function userSubject(name: string): Subject {
    return { apiGroup: rbac, kind: "User", name };
}

export function accountSubject(name: string, namespace: string = clusterNamespace): Subject {
    return { kind: "ServiceAccount", name, namespace };
}

/** What Karmada's own components get in a member: they apply whatever somebody propagates. */
export const everything: Rules = [
    { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
    { nonResourceURLs: ["*"], verbs: ["get"] },
];
