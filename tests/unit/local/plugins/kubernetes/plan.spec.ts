import * as assert from "node:assert/strict";
import { createServer, Server } from "node:http";
import { KubeObject } from "../../../../../local/kube";
import { KubernetesProvider } from "../../../../../local/plugins/kubernetes/provider";
import { json, kubeconfigOf, listening, stopped } from "../../../../support/plainServer";

const served: Readonly<Record<string, readonly object[]>> = {
    "/api/v1": [
        { name: "configmaps", kind: "ConfigMap", namespaced: true },
        { name: "secrets", kind: "Secret", namespaced: true },
    ],
    "/apps/v1": [{ name: "deployments", kind: "Deployment", namespaced: true }],
};

describe("a plan of the kubernetes provider", () => {
    let server: Server;
    /** What the API server answers to a try of the change. */
    let trial: { readonly status: number; readonly body: object };
    /** And what to a try of another one. */
    let creation: { readonly status: number; readonly body: object };

    beforeEach(async () => {
        trial = { status: 200, body: { metadata: { name: "it", uid: "tried" } } };
        creation = trial;
        server = createServer((request, response) => {
            const path = new URL(request.url ?? "", "http://any").pathname.replace("/apis", "");
            const resources = served[path];
            if (resources) return json(response, 200, { resources });
            if (request.method === "PATCH") return json(response, trial.status, trial.body);
            if (request.method === "POST") return json(response, creation.status, creation.body);
            json(response, 200, { metadata: { name: "it", uid: "live" } });
        });
        await listening(server);
    });

    afterEach(async () => {
        await stopped(server);
    });

    const plan = async (type: string, old: KubeObject, changed: object) => {
        const provider = new KubernetesProvider();
        const { signal } = new AbortController();
        await provider.configure({ kubeconfig: kubeconfigOf(server) });
        return provider.diff({
            type,
            name: "it",
            id: "default/it",
            oldInputs: old as never,
            oldOutputs: old as never,
            news: { ...old, ...changed } as never,
            ignoreChanges: [],
            signal,
            status: () => undefined,
        });
    };
    const object = (apiVersion: string, kind: string, more: object): KubeObject => ({
        apiVersion,
        kind,
        metadata: { name: "it", namespace: "default" },
        ...more,
    });

    for (const kind of ["ConfigMap", "Secret"]) {
        const old = object("v1", kind, { data: { a: "YQ==" } });

        it(`replaces a ${kind} whose data has changed`, async () => {
            const { replaces } = await plan(`kubernetes:core/v1:${kind}`, old, { data: {} });
            assert.deepEqual(replaces, ["data.a"]);
        });

        it(`updates some fields of another's ${kind} in place`, async () => {
            const type = `kubernetes:core/v1:${kind}Patch`;
            const { changes, replaces } = await plan(type, old, { data: { a: "Yg==" } });
            assert.deepEqual([changes, replaces], [true, []]);
            for (const part of ["name", "namespace"]) {
                const metadata = { ...old.metadata, [part]: "other" };
                const moved = await plan(type, old, { metadata });
                assert.deepEqual(moved.replaces, [`metadata.${part}`], "it is another object");
            }
        });
    }

    describe("for an object of which some fields cannot be changed", () => {
        const old = object("apps/v1", "Deployment", { spec: { selector: "a" } });
        const change = () =>
            plan("kubernetes:apps/v1:Deployment", old, { spec: { selector: "b", port: "!" } });
        const fixed = { field: "spec.selector", message: "field is immutable" };
        const fault = { field: "spec.port", message: "must be a name" };
        const refused = (...causes: object[]) => ({
            status: 422,
            body: { message: "selector and port are wrong", details: { causes } },
        });

        it("replaces it", async () => {
            trial = refused(fixed);
            assert.deepEqual((await change()).replaces, ["spec.selector"]);
        });

        it("refuses to, in the API server's words, when the new one would be refused as well", async () => {
            trial = refused(fixed, fault);
            creation = refused(fault);
            await assert.rejects(change(), /cannot apply .*: selector and port are wrong/);
        });

        it("replaces it when the change alone is at fault", async () => {
            trial = refused(fixed, fault);
            assert.deepEqual((await change()).replaces, ["spec.selector"]);
            creation = { status: 403, body: { message: "no access" } };
            assert.deepEqual((await change()).replaces, ["spec.selector"]);
        });
    });
});
