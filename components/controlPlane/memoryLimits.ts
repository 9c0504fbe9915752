import { type Problem, shown } from "../support/problems";
import { bytesOf } from "./etcd/etcdPlan";
import type { OptionalParts } from "./optionalParts";
import type { Part } from "./part";

export const limitedParts = [
    "etcd",
    "apiServer",
    "aggregatedApiServer",
    "webhook",
    "kubeControllerManager",
    "controllerManager",
    "scheduler",
    "descheduler",
    "search",
    "metricsAdapter",
] as const satisfies readonly Part["image"][];

/** What a pod of a part may take; one that takes more is ended. */
export type MemoryLimits = Partial<Record<(typeof limitedParts)[number], string>>;

/** What etcd and the API server ask for to begin with; less is of no use to the others either. */
const least = "512Mi";

export function checkMemoryLimits(limits: MemoryLimits, optional: OptionalParts): Problem[] {
    const absent: Readonly<Record<string, boolean>> = {
        descheduler: !optional.descheduler,
        search: !optional.search,
        metricsAdapter: !optional.metricsAdapter,
    };
    return Object.entries(limits).flatMap(([part, limit]) => {
        if (!(limitedParts as readonly string[]).includes(part)) {
            const known = limitedParts.join(", ");
            return [{ path: part, message: `is no part; there are ${known}.` }];
        }
        if (absent[part]) {
            return [
                { path: part, message: `is of no use without optional.${part}; leave it out.` },
            ];
        }
        if ((bytesOf(limit) ?? 0) >= bytesOf(least)!) return [];
        const message = `is ${shown(limit)}; use a whole number of Mi or Gi such as "4Gi", ${least} at least.`;
        return [{ path: part, message }];
    });
}
