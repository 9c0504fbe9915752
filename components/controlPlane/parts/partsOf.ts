import type { Part } from "../part";
import { apiServer } from "./apiServer";
import { controllerManager, descheduler, kubeControllerManager, scheduler } from "./controllers";
import { aggregatedApiServer, metricsAdapter, search } from "./extensionServers";
import type { PartFacts } from "./shared";
import { webhook } from "./webhook";

type OptionalName = "search" | "metricsAdapter" | "descheduler";

/** The control plane without its etcd: the API server first, then what needs its API. */
export function partsOf(facts: PartFacts) {
    const { optional } = facts;
    const chosen: Partial<Record<OptionalName, Part>> = {
        ...(optional.search && { search: search(facts) }),
        ...(optional.metricsAdapter && { metricsAdapter: metricsAdapter(facts) }),
        ...(optional.descheduler && { descheduler: descheduler(facts) }),
    };
    return {
        apiServer: apiServer(facts),
        aggregatedApiServer: aggregatedApiServer(facts),
        webhook: webhook(facts),
        kubeControllerManager: kubeControllerManager(facts),
        controllerManager: controllerManager(facts),
        scheduler: scheduler(facts),
        ...chosen,
    };
}
