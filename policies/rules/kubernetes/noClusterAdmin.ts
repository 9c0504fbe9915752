import { forEachAt, textAt, textsAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { objectName } from "../../subjects/kubernetes";

const role = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole";
const bindings = [
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
];

export const noClusterAdmin = resourceRule({
    id: "K8S-05",
    name: "no-cluster-admin",
    sentence: "Nobody may do everything in a cluster but who has to.",
    severity: "high",
    anchors: ["CIS EKS 4.1.1", "CIS EKS 4.1.3", "Checkov CKV_K8S_49"],
    remedy: "Name the resources and verbs that are needed.",
    levels: levels.fromProd,
    options: {
        allowed: {
            schema: {
                type: "array",
                items: { type: "string", minLength: 1 },
                description: 'Names of roles that may; a "*" at the end stands for the rest.',
            },
            // In a member Karmada applies whatever somebody propagates.
            default: ["karmada-controller-manager:*", "karmada-agent"],
        },
    },
    unknown: "later",
    types: [role, ...bindings],
    check(resource, report, { allowed }) {
        const { type, props } = resource;
        const name = objectName(resource) ?? "";
        if (allowed.some((each) => matches(each, name))) return;
        if (type !== role) {
            if (textAt(props, "roleRef", "name") === "cluster-admin") {
                report("roleRef.name is cluster-admin: bind a role with what is needed.");
            }
            return;
        }
        forEachAt(props, ["rules"], (rule, index) => {
            const all = (key: string) => textsAt(rule, key).includes("*");
            if (all("verbs") && all("resources")) {
                report(`rules[${index}] allows every verb on every resource: name those needed.`);
            }
        });
    },
});

const matches = (pattern: string, name: string) =>
    pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
