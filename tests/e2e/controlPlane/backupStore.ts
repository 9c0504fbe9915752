import * as assert from "node:assert/strict";
import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import type { BackupSettings } from "../../../components";
import type { KubeClient } from "../../../local/kube";
import { eventually } from "../../support/eventually";
import { storeImage } from "../nodes";
import { hostAddress } from "../nodes/network";

const namespace = "snapshot-store";
const nodePort = 32090;
const port = 9000;
const labels = { app: "s3" };
const bucket = "snapshots";

/** A bucket in the parent cluster. It keeps what is put there until the cluster goes. */
export class BackupStore {
    readonly settings = {
        bucket,
        endpoint: `http://s3.${namespace}.svc:${port}`,
        region: "eu-central-1",
        credentials: { accessKeyId: "anybody", secretAccessKey: "may write" },
    } satisfies BackupSettings;

    private constructor(private readonly address: string) {}

    static async start(client: KubeClient, nodePortAddress: string): Promise<BackupStore> {
        const metadata = { name: "s3", namespace, labels };
        await client.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
        const command = ["/gofakes3", "-backend=memory", `-initialbucket=${bucket}`];
        const containers = [{ name: "s3", image: storeImage, command }];
        await client.create({
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata,
            spec: {
                selector: { matchLabels: labels },
                template: {
                    metadata: { labels },
                    spec: { containers, automountServiceAccountToken: false },
                },
            },
        });
        await client.create({
            apiVersion: "v1",
            kind: "Service",
            metadata,
            spec: { type: "NodePort", selector: labels, ports: [{ port, nodePort }] },
        });
        const store = new BackupStore(nodePortAddress);
        await eventually("the store answers", async () => void (await store.snapshots()));
        return store;
    }

    /** Names of all snapshots. */
    async snapshots(bucket: string = this.settings.bucket): Promise<string[]> {
        const listed = (await this.call("GET", bucket)).toString();
        const found = listed.matchAll(/<Key>karmada-etcd\/([^<]+)<\/Key>/g);
        return [...found].map(([, name]) => name!);
    }

    /** What is in a snapshot. */
    read(name: string): Promise<Buffer> {
        return this.call("GET", placeOf(name));
    }

    /** Puts a file where snapshots are, which its uploader says was last changed so many days ago. */
    async put(name: string, body: Uint8Array, daysAgo = 0): Promise<void> {
        const seconds = Date.now() / 1_000 - daysAgo * 24 * 3_600;
        const headers = { "X-Amz-Meta-Mtime": seconds.toFixed(3) };
        await this.call("PUT", placeOf(name), { body, headers });
    }

    /** Settings of an empty bucket that nobody may write. */
    async refusingWrites(client: KubeClient, signal: AbortSignal): Promise<BackupSettings> {
        const server = http.createServer(({ method }, response) => {
            const code = method === "PUT" ? "AccessDenied" : "NoSuchKey";
            response.writeHead(method === "PUT" ? 403 : 404, { "Content-Type": "application/xml" });
            response.end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
        });
        server.listen({ port: 0, host: hostAddress, signal });
        await once(server, "listening");
        const { port } = server.address() as AddressInfo;
        const name = "no-writes";
        const metadata = { name, namespace };
        await client.create({
            apiVersion: "v1",
            kind: "Service",
            metadata,
            spec: { ports: [{ port }] },
        });
        await client.create({
            apiVersion: "discovery.k8s.io/v1",
            kind: "EndpointSlice",
            metadata: { ...metadata, labels: { "kubernetes.io/service-name": name } },
            addressType: "IPv4",
            ports: [{ port }],
            endpoints: [{ addresses: [hostAddress] }],
        });
        return { ...this.settings, endpoint: `http://${name}.${namespace}.svc:${port}` };
    }

    async createBucket(name: string): Promise<void> {
        await this.call("PUT", name);
    }

    private async call(
        method: "GET" | "PUT",
        place: string,
        sent: Pick<RequestInit, "body" | "headers"> = {},
    ): Promise<Buffer> {
        const url = `http://${this.address}:${nodePort}/${place}`;
        const answer = await fetch(url, { ...sent, method, signal: AbortSignal.timeout(5_000) });
        const content = Buffer.from(await answer.arrayBuffer());
        assert.ok(answer.ok, `${method} ${place}: ${answer.status} ${content}`);
        return content;
    }
}

const placeOf = (name: string) => `${bucket}/karmada-etcd/${name}`;
