/**
 * Where karmada-webhook answers: a URL, or a Service in the cluster of the API server that calls it.
 * The bundle is the CA of its serving certificate, PEM in base64 (or an output of it).
 */
export type WebhookEndpoint<Bundle = string> = { readonly caBundle: Bundle } & (
    | { readonly url: string }
    | {
          readonly service: {
              readonly namespace: string;
              readonly name: string;
              readonly port?: number;
          };
      }
);

export function clientConfigFor<Bundle>(endpoint: WebhookEndpoint<Bundle>, path: string) {
    const { caBundle } = endpoint;
    return "url" in endpoint
        ? { url: `${endpoint.url}${path}`, caBundle }
        : { service: { ...endpoint.service, path }, caBundle };
}
