import { forEach, keysAt, lengthAt, listAt, textAt, textsAt } from "../../frame/read";
import { levels, stackRule, type StackResource } from "../../frame/rule";
import { ofType } from "../../subjects/amazon";
import { policyTypes } from "../../subjects/karmada";
import { namespaceOf, objectName, podTypes } from "../../subjects/kubernetes";

const networkPolicy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

export const networkPolicies = stackRule({
    id: "K8S-02",
    name: "network-policies",
    sentence: "In every namespace with pods, who may call whom is said, and all else is refused.",
    severity: "medium",
    anchors: ["CIS EKS 4.3.2", "EKS best practices: network security"],
    remedy: "Declare a NetworkPolicy with an empty podSelector and policyTypes Ingress, and one for each caller.",
    levels: levels.onlyFromProd,
    unknown: "later",
    concerns: podTypes,
    reads: [networkPolicy, ...policyTypes],
    checkStack(stack, report) {
        const closed = new Set(ofType(stack, networkPolicy).filter(refusesAll).map(namespaceOf));
        const propagated = new Set(ofType(stack, ...policyTypes).flatMap(selected));
        const seen = new Set<string | undefined>();
        forEach(ofType(stack, ...podTypes), (workload) => {
            const namespace = namespaceOf(workload);
            // What Karmada propagates runs elsewhere.
            if (propagated.has(`${namespace}/${objectName(workload)}`)) return;
            if (closed.has(namespace) || seen.has(namespace)) return;
            seen.add(namespace);
            report(
                `no NetworkPolicy refuses by default what calls pods in ${namespace ?? "default"}: declare one with an empty podSelector.`,
                workload,
            );
        });
    },
});

function refusesAll({ props }: StackResource): boolean {
    return (
        keysAt(props, "spec", "podSelector").length === 0 &&
        textsAt(props, "spec", "policyTypes").includes("Ingress") &&
        lengthAt(props, "spec", "ingress") === 0
    );
}

const selected = ({ props }: StackResource) =>
    listAt(props, "spec", "resourceSelectors").map(
        (selector) => `${textAt(selector, "namespace")}/${textAt(selector, "name")}`,
    );
