import * as assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import { listParentNodes } from "../../../../components/controlPlane/parentNodes";
import { json, kubeconfigOf, listening, stopped } from "../../../support/plainServer";

async function listedFrom(answer: RequestListener) {
    const server = createServer(answer);
    await listening(server);
    try {
        return await listParentNodes(kubeconfigOf(server));
    } finally {
        await stopped(server);
    }
}

const taintedBy = (key: string, effect = "NoSchedule") => ({
    metadata: {},
    spec: { taints: [{ key, effect }] },
});

const counted = async (items: object[]) =>
    (await listedFrom((_, response) => json(response, 200, { items }))).length;

describe("the nodes that take pods of the control plane", () => {
    it("are told with their zones", async () => {
        const labels = { "topology.kubernetes.io/zone": "eu-central-1a" };
        const items = [{ metadata: { labels } }, { metadata: {} }];
        const nodes = await listedFrom(({ url }, response) =>
            url === "/api/v1/nodes" ? json(response, 200, { items }) : json(response, 404, {}),
        );
        assert.deepEqual(nodes, [{ zone: "eu-central-1a" }, { zone: undefined }]);
    });

    it("are not those that are for others, or for Windows", async () => {
        assert.equal(
            await counted([
                taintedBy("node-role.kubernetes.io/control-plane"),
                taintedBy("dedicated", "NoExecute"),
                { metadata: { labels: { "kubernetes.io/os": "windows" } } },
            ]),
            0,
        );
    });

    it("are those too that are drained or start again today, and that others are rather put on", async () => {
        assert.equal(
            await counted([
                taintedBy("node.kubernetes.io/unschedulable"),
                taintedBy("node.kubernetes.io/unreachable", "NoExecute"),
                taintedBy("node.cloudprovider.kubernetes.io/uninitialized"),
                taintedBy("spot", "PreferNoSchedule"),
                { metadata: { labels: { "kubernetes.io/os": "linux" } } },
            ]),
            5,
        );
    });

    it("cannot be told by who may not see them", async () => {
        const refused = listedFrom((_, response) => json(response, 403, {}));
        await assert.rejects(refused, /the API server answers 403/);
    });
});
