import { type Problem, shown } from "../support/problems";
import { bytesOf } from "./etcd/etcdPlan";

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
] as const;

/** What a pod of a part may take; one that takes more is ended. */
export type MemoryLimits = Partial<Record<(typeof limitedParts)[number], string>>;

/** What etcd and the API server ask for to begin with. */
const least = "512Mi";

export function checkMemoryLimits(limits: MemoryLimits): Problem[] {
    return Object.entries(limits).flatMap(([part, limit]) => {
        if (!(limitedParts as readonly string[]).includes(part)) {
            const known = limitedParts.join(", ");
            return [{ path: part, message: `is no part; there are ${known}.` }];
        }
        if ((bytesOf(limit) ?? 0) >= bytesOf(least)!) return [];
        const message = `is ${shown(limit)}; use a quantity such as "4Gi", ${least} at least.`;
        return [{ path: part, message }];
    });
}
