export { apiServices, type Extension, extensions, extensionService } from "./aggregation";
export { convertedDefinitions, withConversion } from "./conversion";
export { lastToStay, membersFirstBinding, membersFirstPolicy } from "./membersFirst";
export { clusterNamespace, namespaces, systemNamespace } from "./namespaces";
export { metricsReader, roles } from "./rbac";
export { mutatingWebhooks, validatingWebhooks } from "./webhooks";
export type { WebhookEndpoint } from "./webhookEndpoint";
