import * as assert from "node:assert/strict";
import { createServer, RequestListener, Server } from "node:http";
import { AddressInfo } from "node:net";
import { KubernetesProvider } from "../../../../../local/plugins/kubernetes/provider";
import type { InitializationFailed } from "../../../../../local/plugins/protocol/provider";
import { eventually } from "../../../../support/eventually";
import { json, kubeconfigOf, listening, stopped } from "../../../../support/plainServer";

const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "it" } };

/** The moment that counts is the one between what a server does and its answer. */
describe("kubernetes provider making an object while its server goes away", () => {
    let server: Server;
    let port: number;
    /** By which manager it was made, each time. */
    let managers: (string | null)[];
    let onApply: "answers" | "is gone" | "has no webhook" | "is late" | "refuses";
    let lines: string[];
    let stop: AbortController;

    const listener: RequestListener = (request, response) => {
        const { pathname, searchParams } = new URL(request.url ?? "", "http://any");
        if (pathname === "/api/v1") {
            const resources = [{ name: "configmaps", kind: "ConfigMap", namespaced: true }];
            return json(response, 200, { resources });
        }
        if (request.method !== "PATCH") return json(response, managers.length ? 200 : 404, made());
        managers.push(searchParams.get("fieldManager"));
        if (onApply !== "is gone") {
            const [status, body] = answers[onApply];
            return json(response, status, body);
        }
        server.close();
        server.closeAllConnections();
    };
    const answers = {
        get answers() {
            return [200, made()] as const;
        },
        "has no webhook": [500, { message: "failed calling webhook" }],
        "is late": [500, { message: "etcdserver: request timed out" }],
        refuses: [422, { message: "it is invalid" }],
    } as const;
    const made = () => ({
        ...configMap,
        metadata: { name: "it", namespace: "default", uid: "1", resourceVersion: "1" },
    });
    const listen = async () => {
        server = createServer(listener);
        await listening(server, port);
        ({ port } = server.address() as AddressInfo);
    };
    const create = async (timeoutSeconds?: number) => {
        const provider = new KubernetesProvider();
        const { signal } = stop;
        await provider.configure({ kubeconfig: kubeconfigOf(server) });
        return provider.create({
            type: "kubernetes:core/v1:ConfigMap",
            name: "it",
            news: configMap,
            preview: false,
            timeoutSeconds,
            signal,
            status: (line) => lines.push(line),
        });
    };

    const itWaits = () => eventually("its wait", async () => lines.length > 0);

    beforeEach(async () => {
        [port, managers, lines, onApply, stop] = [0, [], [], "is gone", new AbortController()];
        await listen();
    });

    afterEach(async () => {
        await stopped(server);
    });

    it("finds what it has made when the server is back, and says that it waits for that", async () => {
        const creating = create();
        await itWaits();
        onApply = "answers";
        await listen();
        assert.equal((await creating).id, "default/it");
        assert.ok(managers.length > 1, "it has asked again");
        assert.equal(new Set(managers).size, 1, "by one manager, so that it is the same object");
        assert.match(lines[0] ?? "", /^waiting for http:.* to say whether it has been made$/);
    });

    it("goes on asking one that is back, but knows its webhooks not yet", async () => {
        const creating = create();
        await itWaits();
        onApply = "has no webhook";
        await listen();
        const before = managers.length;
        await eventually("it has asked", async () => managers.length > before);
        onApply = "answers";
        assert.equal((await creating).id, "default/it");
    });

    it("asks again when etcd does not say whether it has stored it", async () => {
        onApply = "is late";
        const creating = create();
        await itWaits();
        onApply = "answers";
        assert.equal((await creating).id, "default/it");
        assert.equal(new Set(managers).size, 1);
    });

    it("takes any other word of the server for its last", async () => {
        onApply = "has no webhook";
        await assert.rejects(
            create(),
            /cannot apply ConfigMap default\/it: failed calling webhook$/,
        );
        onApply = "refuses";
        managers = [];
        await assert.rejects(create(), /cannot apply ConfigMap default\/it: it is invalid$/);
        assert.deepEqual([managers.length, lines], [1, []]);
    });

    it("waits no longer than it may, and leaves it to the next update to find out", async () => {
        await assert.rejects(create(1), (error: InitializationFailed) => {
            const said =
                /nothing listens there.* Nobody knows whether ConfigMap default\/it has been made/;
            assert.match(error.message, said);
            assert.equal(error.id, "default/it");
            assert.equal(error.outputs.__fieldManager, managers[0]);
            return true;
        });
    });

    it("ends when the user cancels, and says the same", async () => {
        const creating = create();
        creating.catch(() => undefined);
        await itWaits();
        stop.abort();
        await assert.rejects(creating, /Nobody knows whether ConfigMap default\/it has been made/);
    });
});
