import * as pulumi from "@pulumi/pulumi";
import type { Definition } from "./definitions";
import {
    apiServices,
    extensions,
    extensionService,
    metricsReader,
    mutatingWebhooks,
    namespaces,
    roles,
    validatingWebhooks,
    withConversion,
} from "./karmadaApi";
import { declareObject } from "./karmadaObject";
import { inCluster, ports } from "./layout";
import { monitoringUser } from "./pki/leaves";

export interface KarmadaObjects {
    readonly definitions: readonly Definition[];
    /** CA of the webhook's and the aggregated API server's certificates, PEM. */
    readonly caCertPem: pulumi.Output<string>;
    /** The parts that answer for what is declared here: it must not be before they do. */
    readonly webhook: pulumi.Resource;
    readonly extensions: Readonly<Partial<Record<keyof typeof extensions, pulumi.Resource>>>;
    /** Whether somebody reads metrics. */
    readonly monitored: boolean;
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
    const endpoint = { url: `https://${inCluster("karmada-webhook")}:${ports.webhook}`, caBundle };
    const after = (...needed: pulumi.Resource[]) =>
        pulumi.mergeOptions(opts, { dependsOn: needed });

    const spaces = namespaces().map((each) => declareObject(name, each, opts));
    const kinds = objects.definitions.map((each) =>
        declareObject(name, { ...withConversion(each, endpoint) }, opts, "Established"),
    );
    const granted = [...roles(), ...(objects.monitored ? metricsReader(monitoringUser) : [])];
    const grants = granted.map((each) => declareObject(name, each, opts));
    const hooks = [mutatingWebhooks(endpoint), validatingWebhooks(endpoint)].map((each) =>
        declareObject(name, each, after(objects.webhook, ...kinds)),
    );
    const apis = Object.entries(objects.extensions).flatMap(([key, server]) => {
        const extension = extensions[key as keyof typeof extensions];
        const location = {
            host: inCluster(extension.name),
            port: ports.extensionServers,
            caBundle,
        };
        const service = declareObject(
            name,
            extensionService(extension, location),
            after(...spaces),
        );
        return apiServices(extension, location).map((each) =>
            declareObject(name, each, after(server, service), "Available"),
        );
    });
    return { kinds, all: [...spaces, ...kinds, ...grants, ...hooks, ...apis] };
}
