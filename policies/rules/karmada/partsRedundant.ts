import { at, forEach, keysAt, listAt, numberAt, shown, textAt, textsAt } from "../../frame/read";
import { levels, stackRule, type StackResource } from "../../frame/rule";
import { ofType } from "../../subjects/amazon";
import { helmTypes, isKarmadaChart, karmadaObject } from "../../subjects/karmada";
import { deployment, namespaceOf } from "../../subjects/kubernetes";

const budget = "kubernetes:policy/v1:PodDisruptionBudget";

/** Each part's program, its name in the chart's values, and in the operator's object. */
const parts = [
    ["kube-apiserver", "apiServer", "karmadaAPIServer"],
    ["karmada-aggregated-apiserver", "aggregatedApiServer", "karmadaAggregatedAPIServer"],
    ["karmada-webhook", "webhook", "karmadaWebhook"],
    ["karmada-scheduler", "scheduler", "karmadaScheduler"],
    ["karmada-controller-manager", "controllerManager", "karmadaControllerManager"],
] as const;
const programs: readonly string[] = parts.map(([program]) => program);

export const partsRedundant = stackRule({
    id: "KAR-05",
    name: "karmada-parts-redundant",
    sentence: "Each part of Karmada runs twice, and a drained node takes one of the two at a time.",
    severity: "high",
    anchors: ["EKS best practices: reliability"],
    remedy: "Set two replicas or more, and a PodDisruptionBudget.",
    levels: levels.onlyFromProd,
    options: {
        minimum: {
            schema: { type: "integer", minimum: 1, description: "Replicas of each part." },
            default: 2,
        },
    },
    unknown: "later",
    concerns: [deployment, ...helmTypes, karmadaObject],
    reads: [budget],
    checkStack(stack, report, { minimum }) {
        const budgets = ofType(stack, budget);
        forEach(stack, (resource) => {
            const few = (path: string, replicas: unknown) => {
                if (typeof replicas === "number" && replicas < minimum) {
                    report(`${path} is ${replicas}: set it to ${minimum} at least.`, resource);
                }
            };
            if (resource.type === deployment && isPart(resource)) {
                few("spec.replicas", numberAt(resource.props, "spec", "replicas") ?? 1);
                if (!budgets.some((each) => covers(each, resource))) {
                    const labels = at(resource.props, "spec", "template", "metadata", "labels");
                    report(
                        `no PodDisruptionBudget selects its pods, labelled ${shown(labels)}: declare one.`,
                        resource,
                    );
                }
            } else if (resource.type === karmadaObject) {
                for (const [, , key] of parts) {
                    const way = ["spec", "components", key, "replicas"];
                    few(way.join("."), numberAt(resource.props, ...way) ?? 1);
                }
            } else if ((helmTypes as readonly string[]).includes(resource.type)) {
                if (
                    !isKarmadaChart(resource) ||
                    at(resource.props, "values", "installMode") === "agent"
                )
                    return;
                for (const [, key] of parts) {
                    const way = ["values", key, "replicaCount"];
                    few(way.join("."), numberAt(resource.props, ...way) ?? 1);
                }
            }
        });
    },
});

function isPart(resource: StackResource): boolean {
    return listAt(resource.props, "spec", "template", "spec", "containers").some((container) => {
        const words = [
            ...textsAt(container, "command").slice(0, 1),
            textAt(container, "image") ?? "",
        ];
        return words.some((word) =>
            programs.includes(
                word
                    .replace(/[:@][^/]*$/, "")
                    .split("/")
                    .pop()!,
            ),
        );
    });
}

function covers(each: StackResource, part: StackResource): boolean {
    const wanted = at(each.props, "spec", "selector", "matchLabels");
    const labels = at(part.props, "spec", "template", "metadata", "labels");
    const keys = keysAt(wanted);
    return (
        namespaceOf(each) === namespaceOf(part) &&
        keys.length > 0 &&
        keys.every((key) => at(wanted, key) === at(labels, key))
    );
}
