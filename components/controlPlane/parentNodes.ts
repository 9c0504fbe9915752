import * as http from "node:http";
import * as https from "node:https";
import { setTimeout as pause } from "node:timers/promises";

/** A node as the control plane's pods see it. */
export interface ParentNode {
    /** Undefined when nothing says in which one it is: etcd's pods are not put there then. */
    readonly zone?: string;
    /** Whether it takes them; if not at this moment, then usually. */
    readonly isOpen: boolean;
}

interface Listed {
    readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
    readonly spec?: {
        readonly taints?: readonly { readonly key: string; readonly effect: string }[];
    };
}

const withinMs = 15_000;

/** Pulumi's provider reads objects by name, and nodes have none that one could know. */
export async function listParentNodes(kubeconfig: string): Promise<ParentNode[]> {
    const clock = new AbortController();
    const late = pause(withinMs, undefined, { signal: clock.signal }).then(() => {
        throw new Error(`no answer within ${withinMs / 1_000} seconds`);
    });
    try {
        const { items } = await Promise.race([ask(kubeconfig, "/api/v1/nodes"), late]);
        return items.map((node) => ({
            zone: node.metadata.labels?.["topology.kubernetes.io/zone"],
            isOpen: isOpen(node),
        }));
    } finally {
        late.catch(() => undefined);
        clock.abort();
    }
}

/** What passes: a node is drained, repaired, about to be replaced, or has just come. */
const passing =
    /^(node\.(cloudprovider\.)?kubernetes\.io|node\.cilium\.io|karpenter\.sh|\w+\.csi\.aws\.com|aws-node-termination-handler)\/|ClusterAutoscaler$/;

function isOpen({ metadata, spec }: Listed): boolean {
    const closed = (spec?.taints ?? []).some(
        ({ key, effect }) => effect !== "PreferNoSchedule" && !passing.test(key),
    );
    return !closed && metadata.labels?.["kubernetes.io/os"] !== "windows";
}

async function ask(kubeconfig: string, path: string): Promise<{ items: Listed[] }> {
    // Not before it is needed: no program without such a cluster has to load it.
    const { KubeConfig } = await import("@kubernetes/client-node");
    const config = new KubeConfig();
    config.loadFromString(kubeconfig);
    const options: https.RequestOptions = {};
    await config.applyToHTTPSOptions(options).catch(() => {
        // Its own words may quote what a credential plugin has printed.
        throw new Error("the credentials of the kubeconfig cannot be used");
    });
    const url = config.getCurrentCluster()!.server.replace(/\/$/, "") + path;
    const client = url.startsWith("http:") ? http : https;
    const signal = AbortSignal.timeout(withinMs);
    const response = await new Promise<http.IncomingMessage>((resolve, reject) =>
        client.get(url, { ...options, signal }, resolve).once("error", reject),
    );
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(part as Buffer);
    if (response.statusCode !== 200) {
        throw new Error(`the API server answers ${response.statusCode}`);
    }
    return JSON.parse(Buffer.concat(parts).toString()) as { items: Listed[] };
}
