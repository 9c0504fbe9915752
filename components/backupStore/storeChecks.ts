import { checkRegion, checkTags, type Tags } from "../support/amazon";
import { type Problem, shown } from "../support/problems";

/** What is known of a store before any resource exists. */
export interface StoreFacts {
    readonly region: string;
    readonly deletedDays: number;
    readonly tags: Tags;
}

export const storeDefaults = { keep: true, deletedDays: 30, tags: {} as Tags } as const;

export function checkStore({ region, deletedDays, tags }: StoreFacts): Problem[] {
    const usable = Number.isInteger(deletedDays) && deletedDays >= 1;
    const message = `is ${shown(deletedDays)}; use a whole number of days, 1 at least.`;
    return [
        ...checkRegion("region", region),
        ...(usable ? [] : [{ path: "deletedDays", message }]),
        ...checkTags("tags", tags),
    ];
}
