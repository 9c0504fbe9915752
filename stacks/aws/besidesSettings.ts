import type { CostBudgetArgs } from "../../components/budget/budget";
import { budgetDefaults, checkBudget } from "../../components/budget/budgetChecks";
import { checkHost, hostDefaults } from "../../components/managementHost/hostChecks";
import type { ManagementHostArgs } from "../../components/managementHost/managementHost";
import { withDefaults } from "../../components/support/givenArgs";
import type { Reader } from "../reader";
import { type SiteSettings, toldAtTop } from "./regionSettings";

export type HostSettings = Pick<
    ManagementHostArgs,
    "instanceType" | "karmadaVersion" | "karmadactlSha256"
>;
export type BudgetSettings = Omit<CostBudgetArgs, "tags">;

export function readHost(reader: Reader, site: SiteSettings): HostSettings {
    const settings = {
        instanceType: reader.optionalText("instanceType"),
        karmadaVersion: reader.optionalText("karmadaVersion"),
        karmadactlSha256: reader.optionalText("karmadactlSha256"),
    };
    reader.check(checkHost({ ...withDefaults(hostDefaults, settings), ...site }), toldAtTop);
    return settings;
}

export function readBudget(reader: Reader, { tags }: SiteSettings): BudgetSettings {
    const settings = {
        monthlyLimit: reader.number("monthlyLimit", "give the limit of a month in US dollars"),
        addresses: reader.texts("addresses") ?? [],
        onlyTagged: reader.labels("onlyTagged"),
    };
    reader.check(checkBudget({ ...withDefaults(budgetDefaults, settings), tags }), toldAtTop);
    return settings;
}
