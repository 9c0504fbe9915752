import { table } from "../support/table";
import { costAsText, sumAsText } from "./costAsText";
import type { Exposure } from "./exposure";
import type { Plan } from "./plan";
import { predictedAsText } from "./placement";
import type { QuotaUse } from "./quotas";
import type { TreeRow } from "./tree";
import { counted } from "./values";
import { listed, shortened } from "./words";

/** The whole plan, to be read from top to bottom. */
export function planAsText(plan: Plan): string {
    const cost = sumAsText(plan.cost);
    return [
        `Plan of stack ${plan.stack}: ${counted(plan.resources, "resource")}${cost && `, ${cost}`}. AWS was not asked.`,
        listed("The program warns", plan.warnings),
        listed("Taken to be there, as the stack file says", plan.takenToBeThere),
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
