import type { PlannedResource } from "../offline";
import { notCounted } from "./assumptions";
import { type Charge, charging, isFree } from "./costLines";
import { shortType } from "../support/urns";
import { type Inventory, isComponent, isMade } from "./inventory";
import { prices, priceTable } from "./prices";
import { compared, counted, groupBy, sum } from "./values";

export interface CostLine extends Charge {
    readonly region: string;
    /** US dollars a month; missing where no price is known. */
    readonly monthly: number | undefined;
}

export interface Cost {
    readonly pricesAsOf: string;
    readonly lines: readonly CostLine[];
    /** US dollars a month of all lines that have a price. */
    readonly monthly: number;
    readonly regions: Readonly<Record<string, number>>;
    /** What costs, and is in no line or in one without a price. */
    readonly notPriced: readonly string[];
    readonly unverified: readonly string[];
    readonly notCounted: readonly string[];
}

/** What a month costs at list prices. `home` is the Region of the cluster that runs Karmada. */
export function costOf(inventory: Inventory, home: string | undefined): Cost {
    const charges: CostLine[] = [];
    const notPriced = new Set<string>();
    for (const resource of inventory.resources) {
        if (!isMade(resource) || isComponent(resource)) continue;
        const how = charging[resource.type];
        if (how === undefined) {
            if (!isFree(resource)) notPriced.add(`${shortType(resource.type)} ${resource.name}`);
            continue;
        }
        const region = inKubernetes(resource) ? home : inventory.regionOf(resource);
        // Elsewhere than in AWS, volumes cost what their owner knows.
        if (region === undefined) continue;
        for (const charge of how(resource, prices[region] ?? {}, inventory)) {
            if (charge.quantity > 0) charges.push(lineOf(charge, region));
        }
    }
    const lines = merged(charges);
    for (const line of lines.filter(({ price }) => price === undefined)) {
        notPriced.add(`${line.what}, in ${line.region}`);
    }
    const known = lines.map(({ monthly = 0, region }) => ({ monthly, region }));
    return {
        pricesAsOf: priceTable.asOf,
        lines,
        monthly: sum(known.map(({ monthly }) => monthly)),
        regions: Object.fromEntries(
            [...groupBy(known, ({ region }) => region)].map(([region, all]) => [
                region,
                sum(all.map(({ monthly }) => monthly)),
            ]),
        ),
        notPriced: [...notPriced],
        unverified: priceTable.unverified
            .filter(({ regions }) =>
                regions.some((region) => lines.some((line) => line.region === region)),
            )
            .map(({ what }) => what),
        notCounted,
    };
}

const inKubernetes = ({ type }: PlannedResource): boolean => type.startsWith("kubernetes:");

const lineOf = (charge: Charge, region: string): CostLine => ({
    ...charge,
    region,
    monthly: charge.price === undefined ? undefined : charge.quantity * charge.price,
});

/** One line for the same thing in a Region, the dearest first, the Regions one after the other. */
function merged(lines: readonly CostLine[]): CostLine[] {
    return [...groupBy(lines, ({ region, what }) => `${region} ${what}`).values()]
        .map((same) => {
            const quantity = sum(same.map((line) => line.quantity));
            return lineOf({ ...same[0]!, quantity }, same[0]!.region);
        })
        .sort(
            (a, b) =>
                compared(a.region, b.region) ||
                (b.monthly ?? 0) - (a.monthly ?? 0) ||
                compared(a.what, b.what),
        );
}

/** "2,190 h" reads as "3 × 730 h". */
export function quantityAsText({ quantity, unit }: Charge): string {
    const month = priceTable.hoursPerMonth;
    const all = quantity / month;
    if (unit === "h" && all > 1 && Number.isInteger(all)) return `${all} × ${month} h`;
    return unit === "keys" ? counted(quantity, "key") : `${quantity} ${unit}`;
}
