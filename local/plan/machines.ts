import type { PlannedResource } from "../offline";
import { at, groupBy, numberOf, sum, textOf, textsOf } from "./values";

/** So many instances of a type. */
export interface Machine {
    readonly type: string;
    readonly count: number;
}

/** Instances that these resources are, or start; each type once. */
export function machinesIn(resources: readonly PlannedResource[]): Machine[] {
    const all = resources.flatMap(({ type, inputs }) => {
        if (type === "aws:eks/nodeGroup:NodeGroup") {
            // The first is the one that EKS tries first.
            const [first] = textsOf(inputs.instanceTypes);
            return machine(first, numberOf(at(inputs, "scalingConfig.desiredSize")) ?? 0);
        }
        return type === "aws:ec2/instance:Instance" ? machine(textOf(inputs.instanceType), 1) : [];
    });
    return [...groupBy(all, ({ type }) => type)].map(([type, same]) => ({
        type,
        count: sum(same.map(({ count }) => count)),
    }));
}

const machine = (type: string | undefined, count: number): Machine[] =>
    type === undefined || count === 0 ? [] : [{ type, count }];

/** Whether it is of the families that the quota of standard instances counts. */
export const isStandard = (type: string): boolean =>
    /^[acdhimrtz]/.test(type) && !/^(dl|hpc|inf|mac|trn)/.test(type);

/** vCPUs of the current generations of the standard families. */
export function coresOf(type: string): number {
    const [family = "", size = ""] = type.split(".");
    const times = /^(?:metal-)?(\d*)xl(?:arge)?$/.exec(size)?.[1];
    if (times !== undefined) return 4 * Number(times || 1);
    return size === "medium" && !family.startsWith("t") ? 1 : 2;
}
