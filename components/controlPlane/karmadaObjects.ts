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
import { declareObject } from "./karmadaObject";
import { inCluster } from "./layout";

export interface KarmadaObjects {
    readonly definitions: readonly Definition[];
    /** CA of the webhook's and the aggregated API server's certificates, PEM. */
    readonly caCertPem: pulumi.Output<string>;
    /** The parts that answer for what is declared here: it must not be before they do. */
    readonly webhook: pulumi.Resource;
    readonly aggregatedApiServer: pulumi.Resource;
}

export interface DeclaredObjects {
    /** Karmada's kinds, known to its API. */
    readonly kinds: pulumi.Resource[];
    /** What has to be there before anyone may use Karmada. */
    readonly all: pulumi.Resource[];
}

/** Fills Karmada's API. */
export function declareKarmadaObjects(
    name: string,
    objects: KarmadaObjects,
    opts: pulumi.CustomResourceOptions,
): DeclaredObjects {
    const caBundle = objects.caCertPem.apply((pem) => Buffer.from(pem).toString("base64"));
    const endpoint = { url: `https://${inCluster("karmada-webhook")}:443`, caBundle };
    const location = { host: inCluster("karmada-aggregated-apiserver"), port: 443, caBundle };
    const after = (...needed: pulumi.Resource[]) =>
        pulumi.mergeOptions(opts, { dependsOn: needed });

    const spaces = namespaces().map((each) => declareObject(name, each, opts));
    const kinds = objects.definitions.map((each) =>
        declareObject(name, { ...withConversion(each, endpoint) }, opts, "Established"),
    );
    const grants = roles().map((each) => declareObject(name, each, opts));
    const service = declareObject(name, aggregatedApiServerService(location), after(...spaces));
    const hooks = [mutatingWebhooks(endpoint), validatingWebhooks(endpoint)].map((each) =>
        declareObject(name, each, after(objects.webhook, ...kinds)),
    );
    const api = declareObject(
        name,
        clusterApiService(location),
        after(objects.aggregatedApiServer, service),
        "Available",
    );
    return { kinds, all: [...spaces, ...kinds, ...grants, ...hooks, api] };
}
