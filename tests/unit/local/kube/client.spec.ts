import * as assert from "node:assert/strict";
import { createServer, IncomingMessage, Server, ServerResponse } from "node:http";
import { AddressInfo } from "node:net";
import {
    KindNotServedError,
    KubeClient,
    KubeError,
    TimeoutError,
    UnreachableError,
    WatchEvent,
} from "../../../../local/kube";
import { json, kubeconfigOf, listening, stopped } from "../../../support/plainServer";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const ref = { apiVersion: "v1", kind: "ConfigMap", name: "it" };
const version = (resourceVersion: string, name = "it") => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, uid: name, resourceVersion },
});

/** Plain HTTP is only for such servers: the client talks to it as to any API server. */
describe("Kubernetes client", () => {
    let server: Server;
    let client: KubeClient;
    let requests: string[];
    let answer: Handler;

    beforeEach(async () => {
        requests = [];
        server = createServer((request, response) => {
            requests.push(`${request.method} ${request.url}`);
            if (request.url === "/api/v1") {
                const resources = [
                    { name: "configmaps", kind: "ConfigMap", namespaced: true },
                    { name: "namespaces", kind: "Namespace", namespaced: false },
                    { name: "namespaces/status", kind: "Namespace", namespaced: false },
                ];
                json(response, 200, { resources });
            } else {
                answer(request, response);
            }
        });
        await listening(server);
        client = KubeClient.fromKubeconfig(kubeconfigOf(server));
    });
    afterEach(async () => {
        await client.close();
        await stopped(server);
    });

    it("asks for the kinds of a group version once", async () => {
        answer = (_, response) => json(response, 200, version("1"));
        await client.get(ref);
        await client.get({ ...ref, kind: "Namespace", namespace: "ignored" });
        await client.get({ ...ref, namespace: "team" });
        assert.deepEqual(requests, [
            "GET /api/v1",
            "GET /api/v1/namespaces/default/configmaps/it",
            "GET /api/v1/namespaces/it",
            "GET /api/v1/namespaces/team/configmaps/it",
        ]);
    });

    it("asks again for a kind that was not there", async () => {
        answer = (_, response) => json(response, 404, {});
        const widget = { apiVersion: "example.com/v1", kind: "Widget", name: "it" };
        await assert.rejects(client.get(widget), KindNotServedError);
        const resources = [{ name: "widgets", kind: "Widget", namespaced: true }];
        answer = ({ url }, response) =>
            url === "/apis/example.com/v1"
                ? json(response, 200, { resources })
                : json(response, 200, version("1"));
        assert.ok(await client.get(widget));
    });

    it("finds nothing without an error, and tells the API server's own words of other failures", async () => {
        answer = (_, response) => json(response, 404, { message: "not found" });
        assert.equal(await client.get(ref), undefined);
        answer = (_, response) =>
            json(response, 403, { message: "no access", reason: "Forbidden" });
        await assert.rejects(client.get(ref), (error: KubeError) => {
            assert.equal(error.status, 403);
            assert.equal(error.reason, "Forbidden");
            assert.match(error.message, /cannot get ConfigMap it: no access/);
            return true;
        });
    });

    it("sends again when the server is busy", async () => {
        let busy = 2;
        answer = (_, response) =>
            busy-- > 0 ? json(response, 429, {}) : json(response, 200, version("1"));
        assert.ok(await client.get(ref));
    });

    it("gives the status of any path as it is", async () => {
        answer = (_, response) => response.writeHead(500).end("not yet");
        assert.deepEqual(await client.raw("/readyz"), { status: 500, body: "not yet" });
        assert.deepEqual(requests, ["GET /readyz"]);
    });

    it("applies as the manager it is told, for real or not", async () => {
        answer = (request, response) => {
            assert.equal(request.headers["content-type"], "application/apply-patch+yaml");
            json(response, 200, version("1"));
        };
        const options = { fieldManager: "me", force: true, dryRun: true };
        await client.apply({ ...version("1"), metadata: { name: "it" } }, options);
        assert.equal(
            requests.at(-1),
            "PATCH /api/v1/namespaces/default/configmaps/it?fieldManager=me&force=true&dryRun=All",
        );
    });

    it("follows changes, goes on where a connection broke, and lists anew when that is too old", async () => {
        const streams: ((response: ServerResponse) => void)[] = [
            (response) => {
                send(response, "MODIFIED", version("2"));
                send(response, "BOOKMARK", version("5"));
                setImmediate(() => response.destroy());
            },
            (response) => {
                const gone = { code: 410, message: "too old" };
                response.end(`${JSON.stringify({ type: "ERROR", object: gone })}\n`);
            },
            (response) => send(response, "DELETED", version("9", "other")),
        ];
        const lists = [[version("1")], [version("7", "other")]];
        answer = ({ url }, response) => {
            if (url?.includes("watch=true")) {
                streams.shift()?.(response.writeHead(200));
            } else {
                const metadata = { resourceVersion: String(10 - lists.length * 4) };
                json(response, 200, { metadata, items: lists.shift() });
            }
        };
        const seen: string[] = [];
        const stop = new AbortController();
        await client.watch(
            { apiVersion: "v1", kind: "ConfigMap" },
            ({ type, object }: WatchEvent) => {
                seen.push(`${type} ${object.metadata.name}`);
                if (object.metadata.resourceVersion === "9") {
                    stop.abort();
                }
            },
            stop.signal,
        );
        assert.deepEqual(seen, [
            "ADDED it",
            "MODIFIED it",
            "DELETED it",
            "ADDED other",
            "DELETED other",
        ]);
        const versions = requests.flatMap((url) => /resourceVersion=(\d+)/.exec(url)?.[1] ?? []);
        assert.deepEqual(versions, ["2", "5", "6"]);
    });

    it("opens a stream that ends at once again and again, but less and less often", async () => {
        const opened: number[] = [];
        const stop = new AbortController();
        answer = ({ url }, response) => {
            if (url?.includes("watch=true")) {
                if (opened.push(Date.now()) === 4) stop.abort();
                response.writeHead(200).end();
            } else {
                json(response, 200, { metadata: { resourceVersion: "1" }, items: [] });
            }
        };
        await client.watch(ref, () => {}, stop.signal);
        const [first = 0, second = 0, third = 0, fourth = 0] = opened;
        assert.ok(second - first >= 90, "it pauses");
        assert.ok(fourth - third > second - first, "and longer each time");
    });

    it("tells at once when it may not watch", async () => {
        answer = (_, response) => json(response, 403, { message: "no access" });
        const never = new AbortController().signal;
        await assert.rejects(
            client.watch(ref, () => {}, never),
            /no access/,
        );
    });

    it("waits for an object to come, and for one to go", async () => {
        answer = ({ url }, response) => {
            if (url?.includes("watch=true")) {
                response.writeHead(200);
                send(response, "ADDED", version("2"));
                setImmediate(() => send(response, "DELETED", version("3")));
            } else {
                json(response, 200, { metadata: { resourceVersion: "1" }, items: [] });
            }
        };
        assert.equal((await client.until(ref, (found) => found)).metadata.name, "it");
        let came = false;
        await client.until(ref, (found) => {
            came ||= found !== undefined;
            return came && !found;
        });
    });

    it("waits for many objects of a kind with one watch", async () => {
        const names = Array.from({ length: 50 }, (_, at) => `it-${at}`);
        answer = ({ url }, response) => {
            if (url?.includes("watch=true")) {
                response.writeHead(200);
                for (const name of names) send(response, "ADDED", version("2", name));
                send(response, "BOOKMARK", version("2"));
            } else {
                json(response, 200, { metadata: { resourceVersion: "1" }, items: [] });
            }
        };
        const waits = names.map((name) =>
            client.until({ ...ref, name }, (found) => found?.metadata.name, { since: "1" }),
        );
        assert.deepEqual(await Promise.all(waits), names);
        assert.equal(requests.filter((url) => url.includes("watch=true")).length, 1);
    });

    it("has no more than sixteen requests under way at a time", async () => {
        let underWay = 0;
        let most = 0;
        answer = (_, response) => {
            most = Math.max(most, ++underWay);
            setTimeout(() => {
                underWay--;
                json(response, 200, version("1"));
            }, 5);
        };
        await Promise.all(Array.from({ length: 100 }, () => client.get(ref)));
        assert.equal(most, 16);
    });

    it("gives up waiting after its time, and when told to", async () => {
        answer = ({ url }, response) => {
            if (url?.includes("watch=true")) {
                response.writeHead(200).flushHeaders();
            } else {
                json(response, 200, { metadata: { resourceVersion: "1" }, items: [] });
            }
        };
        const waiting = (options: object) => client.until(ref, (found) => found, options);
        await assert.rejects(waiting({ timeoutMs: 50 }), TimeoutError);
        const stop = new AbortController();
        const stopped = waiting({ signal: stop.signal });
        stop.abort(new Error("enough"));
        await assert.rejects(stopped, /enough/);
    });

    it("says that nothing listens, where, and what to do", async () => {
        const { port } = server.address() as AddressInfo;
        await new Promise((done) => server.close(done));
        await assert.rejects(client.raw("/readyz"), (error: Error) => {
            assert.ok(error instanceof UnreachableError);
            assert.match(error.message, new RegExp(`http://127.0.0.1:${port}: nothing listens`));
            assert.match(error.message, /start the cluster/);
            return true;
        });
    });
});

function send(response: ServerResponse, type: string, object: object): void {
    response.write(`${JSON.stringify({ type, object })}\n`);
}
