import { checkTags, type Tags } from "../support/amazon";
import { type Problem, shown } from "../support/problems";

/** What is known of a budget before any resource exists. */
export interface BudgetFacts {
    readonly monthlyLimit: number;
    readonly addresses: readonly string[];
    readonly onlyTagged: Tags;
    readonly tags: Tags;
}

export const budgetDefaults = { onlyTagged: {} as Tags, tags: {} as Tags } as const;

/** As many as AWS takes for one alarm. */
const mostAddresses = 10;
const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function checkBudget({ monthlyLimit, addresses, onlyTagged, tags }: BudgetFacts): Problem[] {
    return [
        ...(Number.isFinite(monthlyLimit) && monthlyLimit > 0
            ? []
            : [
                  {
                      path: "monthlyLimit",
                      message: `is ${shown(monthlyLimit)}; use an amount in US dollars above 0.`,
                  },
              ]),
        ...checkAddresses(addresses),
        ...checkTags("onlyTagged", onlyTagged),
        ...checkTags("tags", tags),
    ];
}

function checkAddresses(addresses: readonly string[]): Problem[] {
    const path = "addresses";
    if (addresses.length === 0) {
        return [{ path, message: "is empty, and an alarm that reaches nobody is none; name one." }];
    }
    if (addresses.length > mostAddresses) {
        const message = `has ${addresses.length} entries; use ${mostAddresses} at most, for instance a list's address.`;
        return [{ path, message }];
    }
    return addresses.flatMap((each, at) =>
        typeof each === "string" && address.test(each)
            ? []
            : [
                  {
                      path: `${path}[${at}]`,
                      message: `is ${shown(each)}; use an e-mail address such as "platform@example.com".`,
                  },
              ],
    );
}
