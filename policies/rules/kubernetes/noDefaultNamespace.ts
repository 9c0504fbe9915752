import { levels, resourceRule } from "../../frame/rule";
import { namespaceOf, podTypes } from "../../subjects/kubernetes";

export const noDefaultNamespace = resourceRule({
    id: "K8S-04",
    name: "no-default-namespace",
    sentence: "Nothing lies in the namespace default, where nobody's rules are.",
    severity: "low",
    anchors: ["CIS EKS 4.5.2", "Checkov CKV_K8S_21"],
    remedy: "Name a namespace of your own.",
    levels: levels.onlyStrict,
    unknown: "later",
    types: [
        ...podTypes,
        "kubernetes:core/v1:Service",
        "kubernetes:core/v1:ConfigMap",
        "kubernetes:core/v1:Secret",
        "kubernetes:core/v1:PersistentVolumeClaim",
    ],
    check(resource, report) {
        const namespace = namespaceOf(resource) ?? "default";
        // The provider may have one of its own, which then counts.
        if (namespace !== "default" || resource.provider?.namespace !== undefined) return;
        report('metadata.namespace is "default" or left out: name one of your own.');
    },
});
