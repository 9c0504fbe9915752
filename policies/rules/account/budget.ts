import { levels, stackRule } from "../../frame/rule";
import { eksCluster, ofType } from "../../subjects/amazon";

const budgets = "aws:budgets/budget:Budget";

export const budget = stackRule({
    id: "CST-01",
    name: "budget",
    sentence: "Whoever runs a cluster hears of it when it costs more than was meant.",
    severity: "low",
    anchors: [],
    remedy: "Declare a budget with somebody to notify.",
    levels: levels.fromProd,
    unknown: "never",
    concerns: [eksCluster],
    reads: [budgets],
    checkStack(stack, report) {
        if (ofType(stack, budgets).length === 0) {
            report("the program declares no budget: declare one.");
        }
    },
});
