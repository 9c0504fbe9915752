import * as assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { type Shape, shapeAnnotation, shapeGuard } from "../../components/controlPlane/etcd/shape";
import { Cluster } from "../conformance/cluster";
import { failureOf } from "../conformance/serving";

/** What carries etcd's shape in a control plane: its Service; nothing of it needs members that run. */
function declare(shape: Shape, provider: k8s.Provider) {
    new k8s.core.v1.Service(
        "service",
        {
            metadata: {
                name: "etcd",
                annotations: {
                    "pulumi.com/skipAwait": "true",
                    [shapeAnnotation]: JSON.stringify(shape),
                },
            },
            spec: { clusterIP: "None", ports: [{ port: 2379 }] },
        },
        { provider, hooks: shapeGuard("cp") },
    );
}

describe("the shape of an etcd that runs, under the real engine [KAR-1]", function () {
    this.timeout(120_000);
    const cluster = new Cluster();

    it("is refused another, by preview and by up, and may go on as it was", async () => {
        const shape: Shape = { members: 3, storageClassName: "ebs-sc", storageSize: "10Gi" };
        let wanted = shape;
        const stack = await cluster.connected(({ provider }) => declare(wanted, provider));
        await stack.up();

        wanted = { ...shape, members: 5 };
        const refusal =
            /etcd of "cp":\s+- members was 3 and is now 5; .*restore a snapshot[^]*kubectl annotate --namespace=karmada-system service etcd etcd-shape-, then pulumi refresh\./;
        assert.match(await failureOf(stack.preview()), refusal);
        assert.match(await failureOf(stack.up()), refusal);
        const live = await cluster.api.client.get({
            apiVersion: "v1",
            kind: "Service",
            name: "etcd",
            namespace: "default",
        });
        assert.equal(live?.metadata.annotations?.[shapeAnnotation], JSON.stringify(shape));

        wanted = shape;
        const { changeSummary } = await stack.preview();
        assert.deepEqual(Object.keys(changeSummary), ["same"]);
        await stack.destroy();
    });
});
