import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { declareAccount } from "../../support/serviceAccount";
import { estimatorApp } from "../networkPolicies";
import { estimatorRules } from "./estimatorPart";

const labels = { "app.kubernetes.io/name": estimatorApp, "app.kubernetes.io/part-of": "karmada" };

/** How an estimator enters its member: an account that may read what it counts. Files of a Secret. */
export function declareMemberAccess(
    name: string,
    apiEndpoint: pulumi.Output<string>,
    inMember: pulumi.CustomResourceOptions,
): Readonly<Record<string, pulumi.Output<string>>> {
    const metadata = { name: estimatorApp, labels };
    const namespace = new k8s.core.v1.Namespace(`${name}-member-namespace`, { metadata }, inMember);
    const role = new k8s.rbac.v1.ClusterRole(
        `${name}-member-role`,
        { metadata, rules: estimatorRules },
        inMember,
    );
    const binding = new k8s.rbac.v1.ClusterRoleBinding(
        `${name}-member-binding`,
        {
            metadata,
            roleRef: {
                apiGroup: "rbac.authorization.k8s.io",
                kind: "ClusterRole",
                name: estimatorApp,
            },
            subjects: [{ kind: "ServiceAccount", name: estimatorApp, namespace: estimatorApp }],
        },
        pulumi.mergeOptions(inMember, { dependsOn: role }),
    );
    const token = declareAccount(
        `${name}-member`,
        { ...metadata, namespace: estimatorApp },
        pulumi.mergeOptions(inMember, { dependsOn: [namespace, binding] }),
    );
    const field = (key: string) =>
        pulumi.secret(
            token.data.apply((data) => Buffer.from(data?.[key] ?? "", "base64").toString("utf8")),
        );
    return {
        kubeconfig: apiEndpoint.apply(kubeconfigOfFiles),
        token: field("token"),
        "ca.crt": field("ca.crt"),
    };
}

/** Names the files beside it: another token is read without a restart. */
const kubeconfigOfFiles = (server: string) =>
    JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": "member",
        clusters: [{ name: "member", cluster: { server, "certificate-authority": "ca.crt" } }],
        users: [{ name: "estimator", user: { tokenFile: "token" } }],
        contexts: [{ name: "member", context: { cluster: "member", user: "estimator" } }],
    });
