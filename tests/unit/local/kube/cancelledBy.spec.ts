import * as assert from "node:assert/strict";
import { createServer, Server, ServerResponse } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import { CutOffError, KubeClient } from "../../../../local/kube";
import { eventually } from "../../../support/eventually";
import { json, kubeconfigOf, listening, stopped } from "../../../support/plainServer";

const ref = { apiVersion: "v1", kind: "ConfigMap", name: "it" };
const object = { ...ref, metadata: { name: "it" } };

describe("a Kubernetes client that a signal ends", () => {
    let server: Server;
    let client: KubeClient;
    let answer: (response: ServerResponse) => void;

    beforeEach(async () => {
        server = createServer(({ url }, response) => {
            const resources = [{ name: "configmaps", kind: "ConfigMap", namespaced: true }];
            if (url === "/api/v1") json(response, 200, { resources });
            else answer(response);
        });
        await listening(server);
        client = KubeClient.fromKubeconfig(kubeconfigOf(server));
    });
    afterEach(async () => {
        await client.close();
        await stopped(server);
    });

    it("asks for nothing any more, and leaves what others have asked for", async () => {
        const unanswered: ServerResponse[] = [];
        answer = (response) => void unanswered.push(response);
        const stop = new AbortController();
        const theirs = client.cancelledBy(stop.signal);
        const asked = [theirs.get(ref), theirs.apply(object, { fieldManager: "me" })];
        const others = client.get(ref);
        await eventually("all are under way", async () => unanswered.length === 3);
        stop.abort();
        for (const outcome of await Promise.allSettled(asked)) {
            assert.ok(outcome.status === "rejected" && outcome.reason instanceof CutOffError);
        }
        await assert.rejects(theirs.list("v1", "ConfigMap"), { name: "AbortError" });
        assert.equal(unanswered.length, 3);
        unanswered.forEach((response) => json(response, 200, object));
        assert.equal((await others)?.metadata.name, "it");
    });

    it("may be asked for much at a time without a warning of leaks", async () => {
        answer = (response) => json(response, 200, object);
        const theirs = client.cancelledBy(new AbortController().signal);
        let warnings = 0;
        const count = () => warnings++;
        process.on("warning", count);
        await Promise.all(Array.from({ length: 100 }, () => theirs.get(ref)));
        await turn();
        process.off("warning", count);
        assert.equal(warnings, 0);
    });
});
