import { shown, textAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { objectName } from "../../subjects/kubernetes";

const label = "pod-security.kubernetes.io/enforce";
const allowed = ["restricted", "baseline", "privileged"];

/** Karmada's own, in its API: no pod ever runs there; and those that Kubernetes brings. */
const without = /^(karmada-cluster|karmada-es-.*|kube-.*)$/;

export const podSecurity = resourceRule({
    id: "K8S-01",
    name: "pod-security",
    sentence: "Namespaces let no pod in that could get at its node.",
    severity: "high",
    anchors: [
        "CIS EKS 4.2.1",
        "CIS EKS 4.2.2",
        "CIS EKS 4.2.3",
        "CIS EKS 4.2.4",
        "CIS EKS 4.2.5",
        "Checkov CKV_K8S_16",
        "Checkov CKV_K8S_20",
    ],
    remedy: `Label the namespace ${label}=restricted.`,
    levels: levels.fromProd,
    options: {
        standard: {
            schema: {
                type: "string",
                enum: ["restricted", "baseline"],
                description: "The weakest standard that will do.",
            },
            default: "restricted",
            dev: "baseline",
        },
    },
    unknown: "later",
    types: ["kubernetes:core/v1:Namespace"],
    check(resource, report, { standard }) {
        if (without.test(objectName(resource) ?? "")) return;
        const given = textAt(resource.props, "metadata", "labels", label);
        const rank = allowed.indexOf(given ?? "");
        if (rank < 0 || rank > allowed.indexOf(standard)) {
            report(`metadata.labels["${label}"] is ${shown(given)}: set it to "${standard}".`);
        }
    },
});
