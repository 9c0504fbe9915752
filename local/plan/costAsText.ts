import { table } from "../support/table";
import { type Cost, type CostLine, quantityAsText } from "./cost";
import { listed, shortened } from "./words";
import { counted } from "./values";

const namesShown = 4;

/** In a word, and never as if it were the whole where it is not. */
export function sumAsText({ monthly, lines, notPriced }: Cost): string {
    const dollars = `${Math.round(monthly)} USD a month`;
    if (notPriced.length === 0) return lines.length > 0 ? `about ${dollars}` : "";
    const rest = shortened(notPriced, namesShown, "more", "; ");
    return `at least ${dollars}; ${counted(notPriced.length, "line")} not priced: ${rest}`;
}

export function costAsText(cost: Cost): string {
    if (cost.lines.length + cost.notPriced.length === 0) return "";
    const regions = Object.keys(cost.regions);
    const linesOf = (region: string) => cost.lines.filter((line) => line.region === region);
    const isPriced = (region: string) => linesOf(region).some(({ price }) => price !== undefined);
    const isWhole = (region: string) => linesOf(region).every(({ price }) => price !== undefined);
    const amounts = rightAligned([
        "USD",
        ...cost.lines.map(({ monthly }) => (monthly === undefined ? "?" : fixed(monthly))),
        ...regions.map((region) => (isPriced(region) ? fixed(cost.regions[region]!) : "?")),
        fixed(cost.monthly),
    ]);
    const unit = rightAligned(["PRICE", ...cost.lines.map(priceAsText)]);
    const lines = cost.lines.map((line, at) => [
        line.region,
        line.what,
        quantityAsText(line),
        unit[at + 1]!,
        amounts[at + 1]!,
        line.assuming ? `assuming ${line.assuming}` : "",
    ]);
    const sums = [
        ...regions.map((region) => [region, isWhole(region) ? "in all" : "in all, at least"]),
        ["", cost.notPriced.length === 0 ? "all Regions" : "all Regions, at least"],
    ].map((words, at) => [...words, "", "", amounts[1 + lines.length + at]!, ""]);
    return [
        table(["REGION", "WHAT", "QUANTITY", unit[0]!, amounts[0]!, ""], [...lines, ...sums]),
        listed("Not priced, and so in no sum", cost.notPriced),
        listed(`List prices as of ${cost.pricesAsOf}. Not found in a price list`, cost.unverified),
        listed("Not counted", cost.notCounted),
    ]
        .filter(Boolean)
        .join("\n\n");
}

const priceAsText = ({ price, unit }: CostLine): string =>
    price === undefined ? "?" : `${Number(price.toFixed(5))} per ${unit === "keys" ? "key" : unit}`;

function rightAligned(cells: readonly string[]): string[] {
    const width = Math.max(...cells.map(({ length }) => length));
    return cells.map((cell) => cell.padStart(width));
}

const fixed = (amount: number): string => amount.toFixed(2);
