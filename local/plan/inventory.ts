import type { PlannedResource } from "../offline";
import { at, groupBy, textOf } from "./values";

const ours = "pulumi-karmada-eks:index:";

export const unknownRegion = "unknown";

/** The resources of a preview, found by what is asked of them. */
export class Inventory {
    private readonly byUrn: ReadonlyMap<string, PlannedResource>;
    private readonly byType: ReadonlyMap<string, PlannedResource[]>;

    constructor(readonly resources: readonly PlannedResource[]) {
        this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
        this.byType = groupBy(resources, ({ type }) => type);
    }

    ofType(type: string): readonly PlannedResource[] {
        return this.byType.get(type) ?? [];
    }

    parentOf(resource: PlannedResource): PlannedResource | undefined {
        return resource.parent === undefined ? undefined : this.byUrn.get(resource.parent);
    }

    /** The nearest component of this project's around it. */
    componentOf(resource: PlannedResource): PlannedResource | undefined {
        return this.around(resource, isOurs);
    }

    /** The nearest resource of a type around it. */
    within(resource: PlannedResource, type: string): PlannedResource | undefined {
        return this.around(resource, (each) => each.type === type);
    }

    /** What it says itself, or its provider says for it. */
    regionOf(resource: PlannedResource): string {
        const provider = resource.provider && this.byUrn.get(resource.provider);
        const zone = textOf(at(resource.inputs, "availabilityZone"));
        return (
            textOf(at(resource.inputs, "region")) ??
            (provider && textOf(at(provider.inputs, "region"))) ??
            zone?.replace(/[a-z]$/, "") ??
            unknownRegion
        );
    }

    /** Those of a type that it waits for, directly or through others. */
    before(resource: PlannedResource, type: string): PlannedResource[] {
        const seen = new Set<string>();
        const found: PlannedResource[] = [];
        const open = [...resource.dependencies];
        for (let urn = open.pop(); urn !== undefined; urn = open.pop()) {
            const each = this.byUrn.get(urn);
            if (each === undefined || seen.has(urn)) continue;
            seen.add(urn);
            if (each.type === type) found.push(each);
            open.push(...each.dependencies);
        }
        return found;
    }

    private around(
        resource: PlannedResource,
        wanted: (each: PlannedResource) => boolean,
    ): PlannedResource | undefined {
        let each = this.parentOf(resource);
        while (each !== undefined && !wanted(each)) each = this.parentOf(each);
        return each;
    }
}

export const isOurs = ({ type }: PlannedResource): boolean => type.startsWith(ours);

/** Ours, and those of the packages that ours are made of: they hold resources, and are none. */
export const isComponent = (resource: PlannedResource): boolean =>
    isOurs(resource) || /^(awsx|eks):/.test(resource.type);

/** Neither the stack itself nor a provider, which make nothing. */
export const isMade = ({ type }: PlannedResource): boolean => !type.startsWith("pulumi:");

/** As AWS calls it, where the program says how. */
export const nameOf = ({ name, inputs }: PlannedResource): string => textOf(inputs.name) ?? name;
