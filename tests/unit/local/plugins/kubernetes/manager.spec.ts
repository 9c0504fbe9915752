import * as assert from "node:assert/strict";
import { createServer, Server } from "node:http";
import { KubernetesProvider } from "../../../../../local/plugins/kubernetes/provider";
import type { PropertyMap } from "../../../../../local/plugins/protocol/provider";
import { json, kubeconfigOf, listening, stopped } from "../../../../support/plainServer";

const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "it" } };
const earlier = "pulumi-kubernetes-aaaa1111";
const request = {
    type: "kubernetes:core/v1:ConfigMap",
    name: "it",
    signal: new AbortController().signal,
    status: () => undefined,
};

/** With another manager than before, what this stack has set itself would be in conflict with it, or stay for ever. */
describe("kubernetes provider and who has set the fields of an object that is there", () => {
    let server: Server;
    let managedFields: object[] | undefined;
    let appliedBy: (string | null)[];
    let forced: (string | null)[];

    beforeEach(async () => {
        [managedFields, appliedBy, forced] = [[{ manager: earlier, operation: "Apply" }], [], []];
        server = createServer(({ method, url = "" }, response) => {
            const { pathname, searchParams } = new URL(url, "http://any");
            if (pathname === "/api/v1") {
                const resources = [{ name: "configmaps", kind: "ConfigMap", namespaced: true }];
                return json(response, 200, { resources });
            }
            if (method === "PATCH") {
                appliedBy.push(searchParams.get("fieldManager"));
                forced.push(searchParams.get("force"));
            }
            const metadata = { name: "it", namespace: "default", uid: "1", managedFields };
            json(response, 200, { ...configMap, metadata });
        });
        await listening(server);
    });

    afterEach(async () => {
        await stopped(server);
    });

    const provider = async (settings: PropertyMap = {}) => {
        const made = new KubernetesProvider();
        const args = { kubeconfig: kubeconfigOf(server), ...settings };
        await made.configure(args);
        return made;
    };
    const managerRead = async (outputs: PropertyMap) => {
        const read = { ...request, id: "default/it", inputs: configMap, outputs };
        return (await (await provider()).read(read))?.outputs.__fieldManager;
    };

    it("reads it from the object where the state does not know it, as after an interruption", async () => {
        assert.equal(await managerRead({}), earlier);
    });

    it("keeps the one that the state knows", async () => {
        const known = "pulumi-kubernetes-bbbb2222";
        assert.equal(await managerRead({ metadata: { uid: "1" }, __fieldManager: known }), known);
    });

    it("takes a new one where it could be either of two, or was somebody else", async () => {
        managedFields!.push({ manager: "pulumi-kubernetes-cccc3333", operation: "Apply" });
        assert.match(String(await managerRead({})), /^pulumi-kubernetes-(?!aaaa1111|cccc3333)/);
        managedFields = [{ manager: "kubectl", operation: "Update" }];
        assert.match(String(await managerRead({})), /^pulumi-kubernetes-/);
    });

    it("takes the fields over by force only where nobody has set any", async () => {
        const known = { ...configMap, metadata: { name: "it", uid: "1" }, __fieldManager: earlier };
        const states = { oldInputs: configMap, oldOutputs: known, news: configMap };
        const change = {
            ...request,
            ...states,
            id: "default/it",
            preview: false,
            ignoreChanges: [],
        };
        const update = async () => (await provider()).update(change);
        await update();
        // As somebody leaves it who wipes them out.
        managedFields = undefined;
        await update();
        assert.deepEqual(forced, ["false", "true"]);
    });

    it("is the same when it takes over what an interrupted update has made", async () => {
        const { outputs } = await (
            await provider({ upsertExistingObjects: true })
        ).create({ ...request, news: configMap, preview: false });
        assert.deepEqual([appliedBy, outputs.__fieldManager], [[earlier], earlier]);
    });
});
