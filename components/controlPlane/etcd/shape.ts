import * as pulumi from "@pulumi/pulumi";
import { describeProblems, type Problem, shown } from "../../support/problems";
import type { EtcdFacts } from "./etcdPlan";

/** What cannot be changed once the members run. Kept where an update can compare it with what it was. */
export type Shape = Pick<EtcdFacts, "members" | "storageClassName" | "storageSize">;

export const shapeAnnotation = "etcd-shape";

export const shapeOf = ({ members, storageClassName, storageSize }: EtcdFacts): string =>
    JSON.stringify({ members, storageClassName, storageSize } satisfies Shape);

/** Why these members cannot become those, and what to do instead. */
export function shapeProblems(before: Shape, after: Shape): Problem[] {
    const ways: Record<keyof Shape, string> = {
        members:
            "every member knows the others by name, and a change in place loses the majority. Take a snapshot and restore it into a control plane of the new size.",
        storageClassName:
            "Kubernetes does not move volumes. Take a snapshot and restore it into a control plane on the new class.",
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

interface Annotated {
    readonly metadata?: { readonly annotations?: Readonly<Record<string, unknown>> };
}

/**
 * Refuses the change, in a preview too, before anything of etcd is touched. Only the engine knows
 * what the arguments were the last time, and only to hooks does it tell. A StatefulSet would not do:
 * to change its volumes' class is to replace it, and that has no hook that knows both sides.
 */
export function shapeGuard(name: string): pulumi.ResourceHookBinding {
    const monitor = pulumi.runtime.getMonitor();
    // Pulumi's mocks say that they know hooks and then do not: tests of whoever uses this would end here.
    if (monitor === undefined || !("registerResourceHook" in monitor)) {
        return {};
    }
    const guard = new pulumi.ResourceHook(
        `${name}-etcd-shape`,
        ({ oldInputs, newInputs }) => {
            const before = readShape(oldInputs);
            const after = readShape(newInputs);
            const problems = before && after ? shapeProblems(before, after) : [];
            if (problems.length > 0) {
                throw new Error(describeProblems(`etcd of "${name}"`, problems));
            }
        },
        { onDryRun: true },
    );
    return { beforeUpdate: [guard] };
}

function readShape(inputs: Annotated | undefined): Shape | undefined {
    const text = inputs?.metadata?.annotations?.[shapeAnnotation];
    return typeof text === "string" ? (JSON.parse(text) as Shape) : undefined;
}
