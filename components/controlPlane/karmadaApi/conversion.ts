import { clientConfigFor, type WebhookEndpoint } from "./webhookEndpoint";

/** The two kinds that changed shape between their versions. */
export const convertedDefinitions: readonly string[] = [
    "clusterresourcebindings.work.karmada.io",
    "resourcebindings.work.karmada.io",
];

interface Definition {
    readonly metadata: { readonly name?: string };
    readonly spec?: unknown;
}

/** A CustomResourceDefinition of Karmada, with conversion by karmada-webhook where it needs one. */
export function withConversion<D extends Definition, Bundle>(
    definition: D,
    endpoint: WebhookEndpoint<Bundle>,
): D {
    if (!convertedDefinitions.includes(definition.metadata.name ?? "")) return definition;
    return {
        ...definition,
        spec: {
            ...(definition.spec as object),
            conversion: {
                strategy: "Webhook",
                webhook: {
                    clientConfig: clientConfigFor(endpoint, "/convert"),
                    conversionReviewVersions: ["v1"],
                },
            },
        },
    };
}
