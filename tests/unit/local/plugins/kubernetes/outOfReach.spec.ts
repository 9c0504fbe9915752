import * as assert from "node:assert/strict";
import { createServer, Server } from "node:http";
import { checkConfiguration } from "../../../../../local/plugins/kubernetes/configuration";
import { KubernetesProvider } from "../../../../../local/plugins/kubernetes/provider";
import { json, kubeconfigOf, listening, stopped } from "../../../../support/plainServer";
import { temporaryFolder } from "../../../../support/temporary";

const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "it" } };

describe("kubernetes provider whose cluster is out of reach", () => {
    const folder = temporaryFolder();
    let server: Server;
    before(async () => {
        server = createServer((_, response) => json(response, 401, { message: "Unauthorized" }));
        await listening(server);
    });
    after(() => stopped(server));

    const { signal } = new AbortController();
    const request = {
        type: "kubernetes:core/v1:ConfigMap",
        name: "it",
        id: "default/it",
        inputs: configMap,
        oldInputs: configMap,
        outputs: configMap,
        signal,
        status: () => undefined,
    };
    const using = async (kubeconfig: string, deleteUnreachable: boolean) => {
        const provider = new KubernetesProvider();
        await provider.configure({ kubeconfig, deleteUnreachable });
        return provider;
    };
    const cases: Readonly<Record<string, readonly [() => string, RegExp]>> = {
        "whose kubeconfig is gone": [() => "/nowhere/kubeconfig", /there is no file/],
        "whose kubeconfig cannot be read": [() => folder, /cannot be read: EISDIR/],
        "whose kubeconfig names another context": [
            () => kubeconfigOf(server).replace('"x","context"', '"y","context"'),
            /there is no context "x"/,
        ],
        "that lets nobody in": [() => kubeconfigOf(server), /credentials .* are not accepted/],
        "with which no secure connection comes about": [
            () => kubeconfigOf(server).replace("http:", "https:"),
            /cannot reach https:/,
        ],
    };

    for (const [what, [kubeconfig, reason]] of Object.entries(cases)) {
        it(`forgets the objects of one ${what}, when asked to`, async () => {
            const provider = await using(kubeconfig(), true);
            assert.equal(await provider.read(request), undefined);
            await provider.delete(request);
        });

        it(`makes nothing in one ${what}, and says why`, async () => {
            const provider = await using(kubeconfig(), true);
            await assert.rejects(
                provider.create({ ...request, news: configMap, preview: false }),
                reason,
            );
        });

        it(`names the way out of one ${what}`, async () => {
            for (const ask of ["read", "delete"] as const) {
                const asked = using(kubeconfig(), false).then(async (it) => {
                    await it[ask](request);
                });
                await assert.rejects(asked, reason);
                await assert.rejects(asked, /set PULUMI_K8S_DELETE_UNREACHABLE=true to forget/);
            }
        });
    }

    it("refuses a kubeconfig that is no good in advance, unless its objects are to be forgotten", () => {
        const kubeconfig = "/nowhere/kubeconfig";
        assert.match(checkConfiguration({ kubeconfig })[0]?.reason ?? "", /there is no file/);
        assert.deepEqual(checkConfiguration({ kubeconfig, deleteUnreachable: "true" }), []);
    });
});
