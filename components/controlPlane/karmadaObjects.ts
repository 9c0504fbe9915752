import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Definition } from "./definitions";
import {
    aggregatedApiServerService,
    clusterApiService,
    mutatingWebhooks,
    namespaces,
    roles,
    validatingWebhooks,
    withConversion,
} from "./karmadaApi";
import { inCluster } from "./layout";

export interface KarmadaObjects {
    readonly definitions: readonly Definition[];
    /** CA of the webhook's and the aggregated API server's certificates, PEM. */
    readonly caCertPem: pulumi.Output<string>;
    /** The parts that answer for what is declared here: it must not be before they do. */
    readonly webhook: pulumi.Resource;
    readonly aggregatedApiServer: pulumi.Resource;
}

interface AnyObject {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: {
        readonly name: string;
        readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly [field: string]: unknown;
}

/** Fills Karmada's API. Returns what has to be there before anyone may use it. */
export function declareKarmadaObjects(
    name: string,
    objects: KarmadaObjects,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    const caBundle = objects.caCertPem.apply((pem) => Buffer.from(pem).toString("base64"));
    const endpoint = { url: `https://${inCluster("karmada-webhook")}:443`, caBundle };
    const location = { host: inCluster("karmada-aggregated-apiserver"), port: 443, caBundle };
    const declare = (object: AnyObject, dependsOn: pulumi.Resource[] = [], until?: string) => {
        const annotations = until && { "pulumi.com/waitFor": `condition=${until}` };
        const metadata = {
            ...object.metadata,
            ...(annotations
                ? { annotations: { ...object.metadata.annotations, ...annotations } }
                : {}),
        };
        return new k8s.apiextensions.CustomResource(
            `${name}-${object.kind.toLowerCase()}-${object.metadata.name}`,
            { ...object, metadata },
            pulumi.mergeOptions(opts, { dependsOn }),
        );
    };
    const spaces = namespaces().map((each) => declare(each));
    const kinds = objects.definitions.map((each) =>
        declare({ ...withConversion(each, endpoint) }, [], "Established"),
    );
    const grants = roles().map((each) => declare(each));
    const service = declare(aggregatedApiServerService(location), spaces);
    const hooks = [mutatingWebhooks(endpoint), validatingWebhooks(endpoint)].map((each) =>
        declare(each, [objects.webhook, ...kinds]),
    );
    const api = declare(
        clusterApiService(location),
        [objects.aggregatedApiServer, service],
        "Available",
    );
    return [...spaces, ...kinds, ...grants, ...hooks, api];
}
