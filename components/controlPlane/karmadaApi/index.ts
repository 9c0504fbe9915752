export {
    aggregatedApiServerService,
    clusterApiService,
    type AggregatedApiLocation,
} from "./aggregation";
export { convertedDefinitions, withConversion } from "./conversion";
export { lastToStay, membersFirstBinding, membersFirstPolicy } from "./membersFirst";
export { clusterNamespace, namespaces, systemNamespace } from "./namespaces";
export { roles } from "./rbac";
export { mutatingWebhooks, validatingWebhooks } from "./webhooks";
export type { WebhookEndpoint } from "./webhookEndpoint";
