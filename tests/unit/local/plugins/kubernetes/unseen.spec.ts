import * as assert from "node:assert/strict";
import { createServer, Server } from "node:http";
import { KubeClient } from "../../../../../local/kube";
import { unreadiness, untilReady } from "../../../../../local/plugins/kubernetes/await/wait";
import { json, kubeconfigOf, listening, stopped } from "../../../../support/plainServer";

const service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "it", namespace: "default", uid: "it", resourceVersion: "1" },
    spec: { selector: { app: "a" }, clusterIP: "10.0.0.1" },
};

describe("a Service whose EndpointSlices may not be seen", () => {
    let server: Server;
    let client: KubeClient;
    /** How the listing of EndpointSlices is refused. */
    let refusal: number;

    beforeEach(async () => {
        server = createServer((request, response) => {
            const url = request.url ?? "";
            if (url === "/api/v1") {
                const resources = [{ name: "services", kind: "Service", namespaced: true }];
                return json(response, 200, { resources });
            }
            if (url === "/apis/discovery.k8s.io/v1") {
                const kind = { name: "endpointslices", kind: "EndpointSlice", namespaced: true };
                return json(response, 200, { resources: [kind] });
            }
            if (url.includes("endpointslices")) {
                return json(response, refusal, { message: "no access" });
            }
            if (url.includes("watch=true")) return void response.writeHead(200).flushHeaders();
            json(response, 200, { metadata: { resourceVersion: "1" }, items: [service] });
        });
        await listening(server);
        client = KubeClient.fromKubeconfig(kubeconfigOf(server));
    });
    afterEach(async () => {
        await client.close();
        await stopped(server);
    });

    const wait = () => {
        const { signal } = new AbortController();
        return untilReady(client, service, { timeoutMs: 2000, signal, status: () => undefined });
    };

    it("is judged by itself, in an update and in a refresh", async () => {
        refusal = 403;
        assert.equal((await wait()).metadata.name, "it");
        assert.equal(await unreadiness(client, service), undefined);
    });

    it("is not taken for ready when they are only not told this time", async () => {
        refusal = 500;
        await assert.rejects(wait(), /no access/);
        await assert.rejects(unreadiness(client, service), /no access/);
    });
});
