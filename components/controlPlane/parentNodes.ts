import * as http from "node:http";
import * as https from "node:https";

/** A node as the control plane's pods see it. */
export interface ParentNode {
    /** Undefined when nothing says in which one it is: etcd's pods are not put there then. */
    readonly zone?: string;
}

interface Listed {
    readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
    readonly spec?: {
        readonly taints?: readonly { readonly key: string; readonly effect: string }[];
    };
}

const answersWithinMs = 15_000;

/**
 * The nodes that take pods of the control plane, if not at this moment, then usually. Pulumi's provider
 * reads objects by name, and nodes have none that one could know.
 */
export async function listParentNodes(kubeconfig: string): Promise<ParentNode[]> {
    const body = await ask(kubeconfig, "/api/v1/nodes");
    const { items } = JSON.parse(body) as { items: Listed[] };
    return items
        .filter(takesPods)
        .map(({ metadata }) => ({ zone: metadata.labels?.["topology.kubernetes.io/zone"] }));
}

/** What Kubernetes puts on a node by itself passes: one that is drained or restarts today counts. */
const passing = /^node\.(cloudprovider\.)?kubernetes\.io\//;

function takesPods({ metadata, spec }: Listed): boolean {
    const closed = (spec?.taints ?? []).some(
        ({ key, effect }) => effect !== "PreferNoSchedule" && !passing.test(key),
    );
    return !closed && metadata.labels?.["kubernetes.io/os"] !== "windows";
}

async function ask(kubeconfig: string, path: string): Promise<string> {
    // Not before it is needed: no program without such a cluster has to load it.
    const { KubeConfig } = await import("@kubernetes/client-node");
    const config = new KubeConfig();
    config.loadFromString(kubeconfig);
    const options: https.RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    const url = config.getCurrentCluster()!.server.replace(/\/$/, "") + path;
    const client = url.startsWith("http:") ? http : https;
    const signal = AbortSignal.timeout(answersWithinMs);
    const response = await new Promise<http.IncomingMessage>((resolve, reject) =>
        client.get(url, { ...options, signal }, resolve).once("error", reject),
    );
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString();
    if (response.statusCode !== 200) {
        throw new Error(`the API server answers ${response.statusCode}`);
    }
    return body;
}
