import * as assert from "node:assert/strict";
import * as http from "node:http";
import * as https from "node:https";
import type { KubeObject } from "../../../local/kube";
import { type ControlPlaneInCluster, namespace } from "./controlPlaneInCluster";

interface SecretKey {
    readonly name: string;
    readonly key: string;
}

interface Endpoint {
    readonly port: string;
    readonly path: string;
    readonly scheme?: string;
    readonly tlsConfig?: {
        readonly serverName: string;
        readonly ca: { readonly secret: SecretKey };
        readonly cert: { readonly secret: SecretKey };
        readonly keySecret: SecretKey;
    };
}

/** What every pod tells that a PodMonitor selects, read as Prometheus would, by the monitor's name. */
export async function scrape(controlPlane: ControlPlaneInCluster): Promise<Map<string, string[]>> {
    const { parentClient } = controlPlane;
    const scraped = new Map<string, string[]>();
    const monitors = await parentClient.list("monitoring.coreos.com/v1", "PodMonitor", {
        namespace,
    });
    for (const { metadata, spec } of monitors) {
        const { selector, podMetricsEndpoints } = spec as {
            selector: { matchLabels: Record<string, string> };
            podMetricsEndpoints: Endpoint[];
        };
        const labelSelector = Object.entries(selector.matchLabels)
            .map((label) => label.join("="))
            .join();
        const pods = await parentClient.list("v1", "Pod", { namespace, labelSelector });
        const told: string[] = [];
        for (const pod of pods) {
            const bodies: string[] = [];
            for (const endpoint of podMetricsEndpoints) {
                const { status, body } = await read(controlPlane, pod, endpoint);
                const what = `${pod.metadata.name}:${endpoint.port}`;
                assert.equal(status, 200, `${what}: ${body}`);
                assert.match(body, /^# TYPE /m, what);
                bodies.push(body);
            }
            told.push(bodies.join("\n"));
        }
        scraped.set(metadata.name!, told);
    }
    return scraped;
}

async function read(
    { parentClient }: ControlPlaneInCluster,
    pod: KubeObject,
    { port, path, scheme, tlsConfig }: Endpoint,
): Promise<{ status: number; body: string }> {
    const valueOf = async ({ name, key }: SecretKey) => {
        const secret = await parentClient.get({
            apiVersion: "v1",
            kind: "Secret",
            name,
            namespace,
        });
        return Buffer.from((secret!["data"] as Record<string, string>)[key]!, "base64");
    };
    const credentials = tlsConfig && {
        servername: tlsConfig.serverName,
        ca: await valueOf(tlsConfig.ca.secret),
        cert: await valueOf(tlsConfig.cert.secret),
        key: await valueOf(tlsConfig.keySecret),
    };
    const { containers } = pod["spec"] as {
        containers: { ports?: { name: string; containerPort: number }[] }[];
    };
    const found = containers.flatMap(({ ports = [] }) => ports).find(({ name }) => name === port);
    const { podIP } = pod["status"] as { podIP: string };
    const options = { host: podIP, port: found!.containerPort, path, agent: false, ...credentials };
    return new Promise((resolve, reject) => {
        const get = scheme === "https" ? https.get : http.get;
        get(options, (response) => {
            let body = "";
            response.setEncoding("utf8").on("data", (text: string) => (body += text));
            response.once("end", () => resolve({ status: response.statusCode!, body }));
        }).once("error", ({ message }) =>
            reject(new Error(`${pod.metadata.name}:${port}: ${message}`)),
        );
    });
}
