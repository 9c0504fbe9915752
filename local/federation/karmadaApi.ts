import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import {
    apiServices,
    extensions,
    extensionService,
    mutatingWebhooks,
    namespaces,
    roles,
    validatingWebhooks,
    withConversion,
    type WebhookEndpoint,
} from "../../components/controlPlane/karmadaApi";
import { KubeClient, refOf, type KubeObject } from "../kube";
import { UserError } from "../support/errors";
import type { Cluster } from "./cluster";
import { portOf } from "./ports";
import type { ControlPlaneSpecs } from "./controlPlane";

const doneWithinMs = 60_000;

const apply = (client: KubeClient, object: KubeObject) =>
    client.apply(object, { fieldManager: "pulumi-karmada-eks-local", force: true });

const applyAll = (client: KubeClient, objects: readonly KubeObject[]) =>
    Promise.all(objects.map((object) => apply(client, object)));

/** Where this federation's karmada-webhook answers. */
export const webhookEndpointOf = (cluster: Cluster, specs: ControlPlaneSpecs): WebhookEndpoint => ({
    url: `https://127.0.0.1:${portOf(cluster.ports, specs.webhook.name)}`,
    caBundle: caBundleOf(cluster),
});

/** Namespaces, roles and Karmada's kinds; returns when all kinds are served. */
export async function applyDefinitions(
    client: KubeClient,
    crdFolder: string,
    endpoint: WebhookEndpoint,
): Promise<void> {
    const definitions = readDefinitions(crdFolder);
    await Promise.all([
        applyAll(client, [...namespaces(), ...roles()]),
        ...definitions.map((definition) =>
            applyUntil(client, withConversion(definition, endpoint), "Established"),
        ),
    ]);
}

/** karmada-webhook and karmada-aggregated-apiserver as parts of the API; both must be ready. */
export async function applyExtensions(
    client: KubeClient,
    cluster: Cluster,
    specs: ControlPlaneSpecs,
): Promise<void> {
    const endpoint = webhookEndpointOf(cluster, specs);
    const location = {
        host: "localhost",
        port: portOf(cluster.ports, specs.aggregatedApiServer.name),
        caBundle: caBundleOf(cluster),
    };
    await applyAll(client, [
        mutatingWebhooks(endpoint),
        validatingWebhooks(endpoint),
        extensionService(extensions.aggregatedApiServer, location),
    ]);
    for (const service of apiServices(extensions.aggregatedApiServer, location)) {
        await applyUntil(client, service, "Available");
    }
}

async function applyUntil(client: KubeClient, object: KubeObject, condition: string) {
    if (hasCondition(await apply(client, object), condition)) return;
    try {
        await client.until(refOf(object), (found) => hasCondition(found, condition), {
            timeoutMs: doneWithinMs,
        });
    } catch (error) {
        if ((error as Error).name !== "TimeoutError") throw error;
        const { kind, metadata } = object;
        throw new UserError(
            `${kind} ${metadata.name} was not ${condition} within ${doneWithinMs / 1000} s in Karmada's API.`,
        );
    }
}

function hasCondition(object: KubeObject | undefined, type: string): boolean {
    const status = object?.["status"] as
        { conditions?: { type: string; status: string }[] } | undefined;
    return (
        status?.conditions?.some((each) => each.type === type && each.status === "True") ?? false
    );
}

function readDefinitions(folder: string): KubeObject[] {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".yaml"))
        .map((file) => parse(readFileSync(path.join(folder, file), "utf8")) as KubeObject);
}

const caBundleOf = ({ pki }: Cluster) => readFileSync(pki.caCertificate).toString("base64");
