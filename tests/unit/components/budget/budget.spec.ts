import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { CostBudget, type CostBudgetArgs } from "../../../../components";
import { checkBudget } from "../../../../components/budget/budgetChecks";
import { bothModes, one, registeredBy } from "../../../support/mocks";

const args: CostBudgetArgs = { monthlyLimit: 500, addresses: ["platform@example.com"] };
const declared = (more: Partial<CostBudgetArgs> = {}, preview = false) =>
    registeredBy(() => new CostBudget("karmada", { ...args, ...more }), { preview });

describe("CostBudget [COST-1]", () => {
    for (const { mode, preview } of bothModes) {
        it(`declares exactly these resources in ${mode}`, async () => {
            const { all } = await declared({}, preview);
            assert.deepEqual(all.map(({ type, name }) => `${type} ${name}`).sort(), [
                "aws:budgets/budget:Budget karmada-budget",
                "pulumi-karmada-eks:index:CostBudget karmada",
            ]);
        });
    }

    it("raises its alarm before, at, and in sight of the limit", async () => {
        const { limitAmount, limitUnit, timeUnit, costFilters, notifications } = one(
            (await declared()).all,
            "karmada-budget",
        ).inputs;
        assert.deepEqual([limitAmount, limitUnit, timeUnit], ["500", "USD", "MONTHLY"]);
        assert.deepEqual(costFilters, []);
        const alarms = notifications as Readonly<Record<string, unknown>>[];
        assert.deepEqual(
            alarms.map(({ notificationType, threshold, subscriberEmailAddresses }) => [
                notificationType,
                threshold,
                subscriberEmailAddresses,
            ]),
            [
                ["ACTUAL", 80, args.addresses],
                ["ACTUAL", 100, args.addresses],
                ["FORECASTED", 100, args.addresses],
            ],
        );
    });

    it("counts only what carries a tag, where that is asked for", async () => {
        const { all } = await declared({ onlyTagged: { stack: "prod" } });
        assert.deepEqual(one(all, "karmada-budget").inputs.costFilters, [
            { name: "TagKeyValue", values: ["user:stack$prod"] },
        ]);
    });

    it("needs an amount and somebody to tell, and says both at once", async () => {
        let error: unknown;
        const { all } = await registeredBy(() => {
            try {
                new CostBudget("karmada", { monthlyLimit: 0, addresses: [] });
            } catch (thrown) {
                error = thrown;
            }
        });
        assert.ok(error instanceof pulumi.ResourceError);
        assert.equal(
            error.message,
            [
                'CostBudget "karmada":',
                "  - monthlyLimit is 0; use an amount in US dollars above 0.",
                "  - addresses is empty, and an alarm that reaches nobody is none; name one.",
            ].join("\n"),
        );
        assert.equal(all.length, 1);
    });

    it("knows an address when it sees one", () => {
        const said = checkBudget({
            ...args,
            addresses: ["platform", "platform@example.com"],
            onlyTagged: {},
            tags: {},
        });
        assert.deepEqual(said, [
            {
                path: "addresses[0]",
                message: 'is "platform"; use an e-mail address such as "platform@example.com".',
            },
        ]);
        const many = {
            ...args,
            addresses: Array(11).fill("a@example.com"),
            onlyTagged: {},
            tags: {},
        };
        assert.match(checkBudget(many)[0]!.message, /^has 11 entries; use 10 at most/);
    });
});
