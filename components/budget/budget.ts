import { Budget } from "@pulumi/aws/budgets/budget";
import * as pulumi from "@pulumi/pulumi";
import type { Tags } from "../support/amazon";
import { withDefaults } from "../support/givenArgs";
import { refuse } from "../support/refuse";
import { budgetDefaults, checkBudget } from "./budgetChecks";

export interface CostBudgetArgs {
    /** In US dollars. */
    readonly monthlyLimit: number;
    /** Whom the alarm reaches. */
    readonly addresses: readonly string[];
    /**
     * Counts only what carries one of these tags; each has to be activated for cost allocation first.
     * @default the whole account
     */
    readonly onlyTagged?: Tags;
    readonly tags?: Tags;
}

/** When somebody is told: most of the limit spent, all of it, or all of it in sight. */
const alarms = [
    { notificationType: "ACTUAL", threshold: 80 },
    { notificationType: "ACTUAL", threshold: 100 },
    { notificationType: "FORECASTED", threshold: 100 },
] as const;

/** An alarm before a month costs more than it should. It stops nothing. */
export class CostBudget extends pulumi.ComponentResource {
    readonly budgetName: pulumi.Output<string>;

    constructor(name: string, args: CostBudgetArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-karmada-eks:index:CostBudget", name, {}, opts);
        const facts = withDefaults(budgetDefaults, args);
        refuse(this, `CostBudget "${name}"`, checkBudget(facts));

        const values = Object.entries(facts.onlyTagged).map(
            ([key, value]) => `user:${key}$${value}`,
        );
        const budget = new Budget(
            `${name}-budget`,
            {
                budgetType: "COST",
                timeUnit: "MONTHLY",
                limitAmount: String(facts.monthlyLimit),
                limitUnit: "USD",
                costFilters: values.length > 0 ? [{ name: "TagKeyValue", values }] : [],
                notifications: alarms.map((alarm) => ({
                    ...alarm,
                    comparisonOperator: "GREATER_THAN",
                    thresholdType: "PERCENTAGE",
                    subscriberEmailAddresses: [...facts.addresses],
                })),
                tags: facts.tags,
            },
            { parent: this },
        );
        this.budgetName = budget.name;
        this.registerOutputs({ budgetName: this.budgetName });
    }
}
