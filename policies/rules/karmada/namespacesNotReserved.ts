import { forEachAt, textAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { policyTypes } from "../../subjects/karmada";

const reserved = /^(karmada|kube)-/;

export const namespacesNotReserved = resourceRule({
    id: "KAR-07",
    name: "namespaces-not-reserved",
    sentence:
        "What is to be propagated lies in no namespace that Karmada and Kubernetes keep for themselves.",
    severity: "high",
    anchors: ["Karmada: skipped propagating namespaces"],
    remedy: "Use a namespace of your own: Karmada silently propagates nothing from these.",
    levels: levels.always,
    unknown: "refused",
    types: policyTypes,
    check({ props }, report) {
        const judge = (path: string, namespace: string | undefined) => {
            if (namespace !== undefined && reserved.test(namespace)) {
                report(`${path} is "${namespace}": use a namespace of your own.`);
            }
        };
        judge("metadata.namespace", textAt(props, "metadata", "namespace"));
        forEachAt(props, ["spec", "resourceSelectors"], (selector, index) =>
            judge(`spec.resourceSelectors[${index}].namespace`, textAt(selector, "namespace")),
        );
    },
});
