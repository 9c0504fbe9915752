import { type Problem, shown } from "../../support/problems";
import { guardChange } from "../changeGuard";
import { hostNamespace } from "../layout";
import { etcd, type EtcdFacts } from "./etcdPlan";

/** What cannot be changed once the members run. Kept where an update can compare it with what it was. */
export type Shape = Pick<EtcdFacts, "members" | "storageClassName" | "storageSize">;

export const shapeAnnotation = "etcd-shape";

export const shapeOf = ({ members, storageClassName, storageSize }: EtcdFacts): string =>
    JSON.stringify({ members, storageClassName, storageSize } satisfies Shape);

/** Why these members cannot become those, and what to do instead. */
export function shapeProblems(before: Shape, after: Shape): Problem[] {
    const ways: Record<keyof Shape, string> = {
        members:
            "every member knows the others by name, and a change in place loses the majority. Make the control plane anew with another number and restore a snapshot (docs/restore.md).",
        storageClassName:
            "Kubernetes does not move volumes. Make the control plane anew on the new class and restore a snapshot (docs/restore.md).",
        storageSize:
            "what a StatefulSet claims is fixed. Let the volumes grow by editing the claims data-etcd-0, data-etcd-1 and so on, where their class allows it.",
    };
    return (Object.keys(ways) as (keyof Shape)[])
        .filter((field) => before[field] !== after[field])
        .map((field) => ({
            path: field,
            message: `was ${shown(before[field])} and is now ${shown(after[field])}; ${ways[field]} Until then set it back.`,
        }));
}

/**
 * On etcd's Service: a StatefulSet would not do. To change its volumes' class is to replace it, and
 * that has no hook that knows both sides.
 */
export const shapeGuard = (name: string) =>
    guardChange<Shape>({
        name: `${name}-etcd-shape`,
        what: `etcd of "${name}"`,
        on: `--namespace=${hostNamespace} service ${etcd.name}`,
        annotation: shapeAnnotation,
        check: shapeProblems,
    });
