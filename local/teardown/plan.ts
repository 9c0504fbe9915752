import { parseUrn, shortType } from "../support/urns";
import { isReal, type StateResource } from "./state";

/** What is there when all is over. */
export interface Leftover {
    readonly what: string;
    readonly id: string;
    readonly why: string;
}

/** What would stop a teardown half-way, and what to write in the stack file before. */
export interface Obstacle {
    readonly what: string;
    readonly remedy: string;
}

/** A part of the stack, by the component it is declared by. */
export interface Part {
    readonly name: string;
    readonly kind: string;
    readonly resources: number;
}

export interface Teardown {
    readonly goes: readonly Part[];
    readonly stays: readonly Leftover[];
    readonly obstacles: readonly Obstacle[];
}

export function planTeardown(resources: readonly StateResource[]): Teardown {
    const real = resources.filter(isReal);
    const goes = real.filter(({ retainOnDelete }) => retainOnDelete !== true);
    return {
        goes: partsOf(goes, resources),
        stays: real.flatMap(leftoverOf),
        obstacles: real.flatMap(obstaclesOf),
    };
}

function leftoverOf(resource: StateResource): Leftover[] {
    const { id = "", type, inputs = {}, retainOnDelete } = resource;
    const what = describe(resource);
    if (retainOnDelete) return [{ what, id, why: "the stack keeps it" }];
    if (type === "aws:kms/key:Key") {
        const days = Number(inputs.deletionWindowInDays ?? 30);
        return [{ what, id, why: `AWS deletes it after ${days} days; until then it can be kept` }];
    }
    if (inputs.skipDestroy === true) return [{ what, id, why: "the stack keeps it" }];
    return [];
}

function obstaclesOf(resource: StateResource): Obstacle[] {
    const { type, inputs = {}, protect, retainOnDelete } = resource;
    const what = describe(resource);
    const found: Obstacle[] = [];
    if (protect) {
        const remedy =
            "take its part out of protect (where a program has set it: out of the options)";
        found.push({ what: `${what} is protected by Pulumi`, remedy });
    }
    if (retainOnDelete) return found;
    if (type === "aws:eks/cluster:Cluster" && inputs.deletionProtection === true) {
        const remedy = "set deletionProtection to false: under parent, or a member's newCluster";
        found.push({ what: `${what} is protected by AWS`, remedy });
    }
    if (type === "aws:lb/loadBalancer:LoadBalancer" && inputs.enableDeletionProtection === true) {
        const remedy = "set deletionProtection to false under endpoint";
        found.push({ what: `${what} is protected by AWS`, remedy });
    }
    return found;
}

const describe = ({ type, urn }: StateResource): string =>
    `${shortType(type)} ${parseUrn(urn).name}`;

function partsOf(goes: readonly StateResource[], all: readonly StateResource[]): Part[] {
    const byUrn = new Map(all.map((resource) => [resource.urn, resource]));
    const parts = new Map<string, Part>();
    for (const resource of goes) {
        const top = topOf(resource, byUrn);
        const before = parts.get(top.urn)?.resources ?? 0;
        const { name } = parseUrn(top.urn);
        parts.set(top.urn, { name, kind: shortType(top.type), resources: before + 1 });
    }
    return [...parts.values()];
}

/** The component right below the stack that it is part of, or itself. */
function topOf(resource: StateResource, byUrn: ReadonlyMap<string, StateResource>): StateResource {
    const parent = byUrn.get(resource.parent ?? "");
    return parent === undefined || parent.type === "pulumi:pulumi:Stack"
        ? resource
        : topOf(parent, byUrn);
}
