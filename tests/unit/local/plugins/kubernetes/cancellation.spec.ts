import * as assert from "node:assert/strict";
import { createServer, IncomingMessage, Server, ServerResponse } from "node:http";
import { KubernetesProvider } from "../../../../../local/plugins/kubernetes/provider";
import { InitializationFailed } from "../../../../../local/plugins/protocol/provider";
import { eventually } from "../../../../support/eventually";
import { json, kubeconfigOf, listening, stopped } from "../../../../support/plainServer";

const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "it" } };
const live = {
    ...configMap,
    metadata: { name: "it", namespace: "default", uid: "1", resourceVersion: "1" },
};
const plainly = /^cancelled while the API server was asked$/;

type Answer = (response: ServerResponse, request: IncomingMessage) => void;
const silence: Answer = () => undefined;
const found: Answer = (response) => json(response, 200, live);
const notFound: Answer = (response) => json(response, 404, { message: "there is none" });
const busy: Answer = (response) => json(response, 503, { message: "later" });
const kinds: Answer = (response) => {
    const resources = [{ name: "configmaps", kind: "ConfigMap", namespaced: true }];
    json(response, 200, { resources });
};
const noKinds: Answer = (response) => json(response, 200, { resources: [] });

describe("kubernetes provider whose user cancels", function () {
    // Much less than a request may take.
    this.timeout(5_000);
    let server: Server;
    let provider: KubernetesProvider;
    let stop: AbortController;
    /** What has been asked for, and not answered by then. */
    let asked: string[];
    let answers: Record<"kinds" | "GET" | "PATCH" | "DELETE", Answer>;

    beforeEach(async () => {
        asked = [];
        stop = new AbortController();
        answers = { kinds, GET: found, PATCH: found, DELETE: found };
        server = createServer((request, response) => {
            const what = request.url === "/api/v1" ? "kinds" : request.method!;
            asked.push(what);
            answers[what as keyof typeof answers](response, request);
        });
        await listening(server);
        provider = new KubernetesProvider();
        await provider.configure({ kubeconfig: kubeconfigOf(server) });
    });
    afterEach(() => stopped(server));

    const resource = () => ({
        urn: "urn:pulumi:s::p::kubernetes:core/v1:ConfigMap::it",
        type: "kubernetes:core/v1:ConfigMap",
        name: "it",
        id: "default/it",
        signal: stop.signal,
        status: () => undefined,
    });
    const change = () => ({
        ...resource(),
        olds: configMap,
        oldInputs: configMap,
        oldOutputs: live,
        news: { ...configMap, metadata: { name: "it", labels: { a: "1" } } },
        randomSeed: new Uint8Array(),
        preview: false,
        ignoreChanges: [],
    });
    const works: Readonly<Record<string, () => Promise<unknown>>> = {
        check: () => provider.check(change()),
        diff: () => provider.diff(change()),
        "preview of a creation": () => provider.create({ ...change(), preview: true }),
        "preview of an update": () => provider.update({ ...change(), preview: true }),
        update: () => provider.update(change()),
        read: () => provider.read({ ...resource(), inputs: configMap, outputs: live }),
        delete: () => provider.delete({ ...resource(), outputs: live }),
    };

    /** Cancels once this has been asked for; gives the failure. */
    const cancelled = async (work: Promise<unknown>, at: string): Promise<Error> => {
        const failure = work.then(
            () => assert.fail("it must fail"),
            (error: Error) => error,
        );
        await eventually(`it asks for ${at}`, async () => asked.includes(at));
        stop.abort();
        return failure;
    };

    const requests: readonly [work: string, at: keyof typeof answers][] = [
        ["check", "kinds"],
        ["diff", "GET"],
        ["diff", "PATCH"],
        ["preview of a creation", "PATCH"],
        ["preview of an update", "PATCH"],
        ["update", "GET"],
        ["update", "PATCH"],
        ["read", "GET"],
        ["delete", "GET"],
        ["delete", "DELETE"],
    ];
    for (const [work, at] of requests) {
        it(`ends a ${work} at once, though the answer to ${at} does not come`, async () => {
            answers[at] = silence;
            const { message } = await cancelled(works[work]!(), at);
            assert.match(message, plainly);
        });
    }

    for (const at of ["kinds", "GET"] as const) {
        it(`has made nothing when there is no answer to ${at} yet`, async () => {
            answers[at] = silence;
            const error = await cancelled(provider.create(change()), at);
            assert.match(error.message, plainly);
            assert.ok(!(error instanceof InitializationFailed));
        });
    }

    const repeats: Readonly<Record<string, [at: keyof typeof answers, answer: Answer]>> = {
        "a server that is busy": ["GET", busy],
        "a kind that is not there yet": ["kinds", noKinds],
        "a namespace that is not there yet": ["PATCH", notFound],
    };
    for (const [what, [at, answer]] of Object.entries(repeats)) {
        it(`does not ask ${what} once more`, async () => {
            answers.GET = notFound;
            answers[at] = answer;
            const { message } = await cancelled(provider.create(change()), at);
            assert.match(message, plainly);
        });
    }

    it("leaves others what it has asked for together with them", async () => {
        let answerKinds!: () => void;
        answers.kinds = (...given) => (answerKinds = () => kinds(...given));
        const others = provider.read({
            ...resource(),
            inputs: configMap,
            outputs: live,
            signal: new AbortController().signal,
        });
        await cancelled(works.read!(), "kinds");
        answerKinds();
        assert.equal((await others)?.id, "default/it");
        assert.deepEqual(asked, ["kinds", "GET"]);
    });

    describe("while it makes an object", () => {
        const makingIt = async (): Promise<InitializationFailed> => {
            [answers.GET, answers.PATCH] = [notFound, silence];
            const error = await cancelled(provider.create(change()), "PATCH");
            assert.ok(error instanceof InitializationFailed);
            [stop, asked] = [new AbortController(), []];
            return error;
        };

        it("lets the engine keep it, because it may be there", async () => {
            const { id, message, outputs } = await makingIt();
            assert.equal(id, "default/it");
            assert.match(
                message,
                /^cancelled while .* was asked\. Nobody knows whether ConfigMap default\/it has /,
            );
            assert.match(String(outputs.__fieldManager), /^pulumi-kubernetes-[0-9a-f]{8}$/);
        });

        it("makes it in the next update if it is not, as the same manager", async () => {
            const { outputs } = await makingIt();
            let manager: string | null = null;
            answers.PATCH = (response, { url }) => {
                manager = new URL(url!, "http://any").searchParams.get("fieldManager");
                json(response, 200, live);
            };
            const result = await provider.update({ ...change(), oldOutputs: outputs });
            assert.equal(manager, outputs.__fieldManager);
            assert.equal((result.outputs.metadata as { uid?: string }).uid, "1");
        });

        it("goes on with it if it is there", async () => {
            const { outputs } = await makingIt();
            answers = { ...answers, GET: found, PATCH: found };
            await provider.update({ ...change(), oldOutputs: outputs });
            assert.deepEqual(asked, ["GET", "PATCH"]);
        });

        it("lets the engine keep it, too, when the answer was lost before and it waits to ask again", async () => {
            answers.GET = notFound;
            answers.PATCH = (response) => response.socket!.resetAndDestroy();
            const error = await cancelled(provider.create(change()), "PATCH");
            assert.ok(error instanceof InitializationFailed, error.message);
        });

        it("does not take what somebody else has made meanwhile for it", async () => {
            const { outputs } = await makingIt();
            const managedFields = [{ manager: "kubectl-create", operation: "Update" }];
            const another = { ...live, metadata: { ...live.metadata, managedFields } };
            answers.GET = (response) => json(response, 200, another);
            await assert.rejects(
                provider.update({ ...change(), oldOutputs: outputs }),
                /ConfigMap it is already there, and nothing in this stack has made it/,
            );
            const inputs = configMap;
            assert.equal(await provider.read({ ...resource(), inputs, outputs }), undefined);
            await provider.delete({ ...resource(), outputs });
            assert.deepEqual([...new Set(asked)], ["GET"]);
        });

        it("has nothing to delete if it is not", async () => {
            const { outputs } = await makingIt();
            await provider.delete({ ...resource(), outputs });
            assert.deepEqual(asked, ["GET"]);
        });
    });
});
