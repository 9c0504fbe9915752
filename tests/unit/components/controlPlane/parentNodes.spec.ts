import * as assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import { parse } from "yaml";
import { listParentNodes } from "../../../../components/controlPlane/parentNodes";
import { sampleKubeconfig } from "../../../support/kubeconfigs";
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

const counted = async (items: object[]) => {
    const nodes = await listedFrom((_, response) => json(response, 200, { items }));
    return nodes.filter(({ isOpen }) => isOpen).length;
};

describe("the nodes that take pods of the control plane", () => {
    it("are told with their zones", async () => {
        const labels = { "topology.kubernetes.io/zone": "eu-central-1a" };
        const items = [{ metadata: { labels } }, { metadata: {} }];
        const nodes = await listedFrom(({ url }, response) =>
            url === "/api/v1/nodes" ? json(response, 200, { items }) : json(response, 404, {}),
        );
        assert.deepEqual(nodes, [
            { zone: "eu-central-1a", isOpen: true },
            { zone: undefined, isOpen: true },
        ]);
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
                taintedBy("karpenter.sh/disrupted"),
                taintedBy("ToBeDeletedByClusterAutoscaler"),
                taintedBy("ebs.csi.aws.com/agent-not-ready", "NoExecute"),
                taintedBy("aws-node-termination-handler/spot-itn"),
                { metadata: { labels: { "kubernetes.io/os": "linux" } } },
            ]),
            9,
        );
    });

    it("cannot be told by a credential plugin that fails, and what it prints is not shown", async () => {
        const exec = {
            apiVersion: "client.authentication.k8s.io/v1",
            command: "echo",
            args: ["eyJtoken"],
        };
        const kubeconfig = parse(sampleKubeconfig()) as { users: { user: object }[] };
        kubeconfig.users[0]!.user = { exec };
        await assert.rejects(
            listParentNodes(JSON.stringify(kubeconfig)),
            /^Error: the credentials of the kubeconfig cannot be used$/,
        );
    });

    it("cannot be told by who may not see them", async () => {
        const refused = listedFrom((_, response) => json(response, 403, {}));
        await assert.rejects(refused, /the API server answers 403/);
    });
});
