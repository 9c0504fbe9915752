import { type Problem, shown } from "../support/problems";
import type { ControlPlaneVersions } from "../versions";
import { guardChange } from "./changeGuard";
import { hostNamespace } from "./layout";

export const versionsAnnotation = "control-plane-versions";

/** Why what runs cannot become that, and the way to go. */
export function stepProblems(before: ControlPlaneVersions, after: ControlPlaneVersions): Problem[] {
    return (Object.keys(after) as (keyof ControlPlaneVersions)[]).flatMap((program) => {
        const from = parse(before[program]);
        const to = parse(after[program]);
        if (from === undefined || to === undefined) return [];
        const problem = (why: string) => {
            const change = `was ${shown(before[program])} and is now ${shown(after[program])}`;
            return [{ path: `versions.${program}`, message: `${change}; ${why}` }];
        };
        if (isBefore(to, from)) {
            return problem(
                `what a later version has stored an earlier one may not read. Set it back to ${shown(before[program])}, or restore a snapshot of that time into a new control plane.`,
            );
        }
        if (to[0] > from[0] || to[1] > from[1] + 1) {
            return problem(
                `no minor version may be left out. Go to ${from[0]}.${from[1] + 1} first, with an update of its own.`,
            );
        }
        return [];
    });
}

type Version = readonly [major: number, minor: number, patch: number];

function parse(version: string): Version | undefined {
    const [, ...numbers] = /^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
    const [major, minor, patch] = numbers.map(Number);
    if (major === undefined || minor === undefined || patch === undefined) return undefined;
    return [major, minor, patch];
}

function isBefore(version: Version, other: Version): boolean {
    const at = version.findIndex((number, index) => number !== other[index]);
    return at >= 0 && version[at]! < other[at]!;
}

/** On the namespace: everything else is changed after it. */
export const versionGuard = (name: string) =>
    guardChange<ControlPlaneVersions>({
        name: `${name}-versions`,
        what: `KarmadaControlPlane "${name}"`,
        on: `namespace ${hostNamespace}`,
        annotation: versionsAnnotation,
        check: stepProblems,
    });
