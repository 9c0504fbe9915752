import { table } from "../support/table";
import { type Cost, type CostLine, quantityAsText } from "./cost";
import type { Exposure } from "./exposure";
import type { Plan } from "./plan";
import { predictedAsText } from "./placement";
import type { QuotaUse } from "./quotas";
import type { TreeRow } from "./tree";

/** The whole plan, to be read from top to bottom. */
export function planAsText(plan: Plan): string {
    const cost = plan.cost.lines.length > 0 ? `, about ${dollars(plan.cost.monthly)} a month` : "";
    return [
        `Plan of stack ${plan.stack}: ${plan.resources} resources${cost}. AWS was not asked.`,
        section("What there will be", treeAsText(plan.tree)),
        section("Who can call what", exposureAsText(plan.exposure)),
        section("Certificates", certificatesAsText(plan)),
        section("Where replicas will run", placementsAsText(plan)),
        section("What a month costs", costAsText(plan.cost)),
        section("Quotas of the account", quotasAsText(plan.quotas)),
    ]
        .filter(Boolean)
        .join("\n\n");
}

const section = (title: string, body: string): string => body && `${title}\n\n${body}`;

/** Types beyond these are summed up: the JSON has them all. */
const typesShown = 4;
const namesShown = 4;

function treeAsText(tree: readonly TreeRow[]): string {
    return table(
        ["COMPONENT", "NAMES", "RESOURCES", "OF WHICH"],
        tree.map(({ component, names, resources, counts }) => [
            component || "in no component",
            shortened(names, namesShown, "more"),
            names.length > 1 ? `${names.length} × ${resources}` : String(resources),
            shortened(
                Object.entries(counts).map(([type, count]) => `${count} ${type}`),
                typesShown,
                "other types",
            ),
        ]),
    );
}

const shortened = (words: readonly string[], most: number, rest: string): string =>
    words.length <= most + 1
        ? words.join(", ")
        : `${words.slice(0, most).join(", ")}, ${words.length - most} ${rest}`;

const reaches = {
    internet: "from the internet",
    private: "within networks",
    outbound: "outbound only",
} as const;

const exposureAsText = (exposure: readonly Exposure[]): string =>
    exposure.length === 0
        ? ""
        : table(
              ["WHAT", "REGION", "CAN BE CALLED", "FROM", "NOTE"],
              exposure.map(({ what, region, reach, from, detail }) => [
                  what,
                  region,
                  reaches[reach],
                  shortened(from, namesShown, "more ranges") || "–",
                  detail,
              ]),
          );

function certificatesAsText({ certificates }: Plan): string {
    if (certificates.length === 0) return "";
    const renewed = certificates.some(({ renewal }) => renewal !== "");
    return table(
        ["CERTIFICATE", "SUBJECT", "GOOD UNTIL", ...(renewed ? ["RENEWAL"] : [])],
        certificates.map(({ name, subject, notAfter, renewal }) => [
            name,
            subject,
            notAfter.replace(/T.*/, ""),
            ...(renewed ? [renewal] : []),
        ]),
    );
}

const placementsAsText = ({ placements }: Plan): string =>
    placements.length === 0
        ? ""
        : table(
              ["WORKLOAD", "REPLICAS", "MEMBER", "WEIGHT", "PREDICTED"],
              placements.flatMap(({ namespace, workload, replicas, members }) =>
                  members.map((member, at) => [
                      at === 0 ? `${namespace}/${workload}` : "",
                      at === 0 ? replicas : "",
                      member.member,
                      member.weight,
                      predictedAsText(member),
                  ]),
              ),
          );

function costAsText(cost: Cost): string {
    if (cost.lines.length + cost.notPriced.length === 0) return "";
    const amounts = rightAligned([
        "USD",
        ...cost.lines.map(({ monthly }) => (monthly === undefined ? "?" : fixed(monthly))),
        ...Object.values(cost.regions).map(fixed),
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
    const regions = Object.keys(cost.regions).map((region, at) => [
        region,
        "in all",
        "",
        "",
        amounts[1 + cost.lines.length + at]!,
        "",
    ]);
    return [
        table(
            ["REGION", "WHAT", "QUANTITY", unit[0]!, amounts[0]!, ""],
            [...lines, ...regions, ["", "all Regions", "", "", amounts.at(-1)!, ""]],
        ),
        listed("Not priced, and so in no sum", cost.notPriced),
        listed(`List prices as of ${cost.pricesAsOf}. Not found in a price list`, cost.unverified),
        listed("Not counted", cost.notCounted),
    ]
        .filter(Boolean)
        .join("\n\n");
}

const priceAsText = ({ price, unit }: CostLine): string =>
    price === undefined ? "?" : `${Number(price.toFixed(5))} per ${unit === "keys" ? "key" : unit}`;

const listed = (title: string, items: readonly string[]): string =>
    items.length === 0 ? "" : `${title}:\n${items.map((item) => `  - ${item}`).join("\n")}`;

function quotasAsText(quotas: readonly QuotaUse[]): string {
    if (quotas.length === 0) return "";
    return `${table(
        ["REGION", "QUOTA", "THIS STACK", "AWS'S DEFAULT", "", "CODE"],
        quotas.map(({ region, quota, uses }) => [
            region,
            quota.name,
            uses,
            quota.value,
            uses > quota.value ? "ask for more" : uses === quota.value ? "nothing left" : "fits",
            `${quota.service} ${quota.code}`,
        ]),
    )}\n\nWhat else is in the account counts too: npm run doctor -- -s STACK asks AWS.`;
}

function rightAligned(cells: readonly string[]): string[] {
    const width = Math.max(...cells.map(({ length }) => length));
    return cells.map((cell) => cell.padStart(width));
}

const fixed = (amount: number): string => amount.toFixed(2);

const dollars = (amount: number): string => `${Math.round(amount)} USD`;
