import type { PlannedResource } from "../offline";
import { shortType } from "../support/urns";
import { type Inventory, isComponent, isMade, isOurs } from "./inventory";
import { compared, groupBy, sum } from "./values";

/** One component, or several alike, with what is directly in them. */
export interface TreeRow {
    /** "KarmadaVpc"; empty for what is in no component. */
    readonly component: string;
    readonly names: readonly string[];
    /** How many resources each of them has. */
    readonly resources: number;
    /** By type, those of which there are most first. */
    readonly counts: Readonly<Record<string, number>>;
}

/** Resources by the component they are in. Components that have the same in them share a row. */
export function treeOf(inventory: Inventory): TreeRow[] {
    const made = inventory.resources.filter(isMade);
    const contents = groupBy(
        made.filter((resource) => !isComponent(resource)),
        (resource) => inventory.componentOf(resource)?.urn ?? "",
    );
    const rowOf = (component: PlannedResource | undefined): TreeRow => {
        const inside = contents.get(component?.urn ?? "") ?? [];
        const counts = countByType(inside);
        return {
            component: component ? shortType(component.type) : "",
            names: component ? [component.name] : [],
            resources: sum(Object.values(counts)),
            counts,
        };
    };
    const rows = [...made.filter(isOurs), undefined].map(rowOf).sort(byName);
    const alike = groupBy(
        rows.filter(({ resources }) => resources > 0),
        ({ component, counts }) => JSON.stringify([component, counts]),
    );
    return [...alike.values()].map((group) => ({
        ...group[0]!,
        names: group.flatMap(({ names }) => names),
    }));
}

/** By name; what is in no component comes last. */
const byName = (one: TreeRow, other: TreeRow): number =>
    Number(one.component === "") - Number(other.component === "") ||
    compared(one.component, other.component) ||
    compared(one.names.join(), other.names.join());

function countByType(resources: readonly PlannedResource[]): Record<string, number> {
    const counts = [...groupBy(resources, ({ type }) => shortType(type))].map(
        ([type, all]) => [type, all.length] as const,
    );
    return Object.fromEntries(
        counts.sort(([type, count], [other, most]) => most - count || compared(type, other)),
    );
}
