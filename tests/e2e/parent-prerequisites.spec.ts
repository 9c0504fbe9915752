import * as assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { refuseFirstRestore } from "../../components/controlPlane/backup/firstRestore";
import { readFirst } from "../../components/controlPlane/readFirst";
import { Cluster } from "../conformance/cluster";
import { failureOf } from "../conformance/serving";

const className = "ebs-sc";

/** As a control plane does: what it looks up first, and the first thing that it makes. */
function declare(provider: k8s.Provider, { monitored = false, restoring = false } = {}) {
    const facts = { storageClassName: className, monitored };
    new k8s.core.v1.Namespace(
        "namespace",
        { metadata: { name: "karmada-system" } },
        {
            provider,
            dependsOn: readFirst("cp", facts, { provider }),
            hooks: refuseFirstRestore("cp", restoring),
        },
    );
}

describe("what a control plane needs of its parent, under the real engine [ERR-1]", function () {
    this.timeout(300_000);
    const cluster = new Cluster();
    let wanted = {};

    const namespace = () =>
        cluster.api.client.get({ apiVersion: "v1", kind: "Namespace", name: "karmada-system" });

    it("is missed by preview and by up, before anything is made", async () => {
        const stack = await cluster.connected(({ provider }) => declare(provider, wanted));

        const noClass = /cp\.etcd\.storageClassName[\s\S]*'ebs-sc' does not exist/;
        assert.match(await failureOf(stack.preview()), noClass);
        assert.match(await failureOf(stack.up()), noClass);
        assert.equal(await namespace(), undefined);

        await cluster.api.client.apply(
            {
                apiVersion: "storage.k8s.io/v1",
                kind: "StorageClass",
                metadata: { name: className },
                provisioner: "example.com/none",
            },
            { fieldManager: "test" },
        );
        wanted = { monitored: true };
        assert.match(await failureOf(stack.up()), /cp\.monitoring[\s\S]*does not exist/);
        assert.equal(await namespace(), undefined);

        wanted = { restoring: true };
        const noVolumes = /backup\.restoreFrom names a snapshot, but there are no volumes yet/;
        assert.match(await failureOf(stack.preview()), noVolumes);
        assert.match(await failureOf(stack.up()), noVolumes);
        assert.equal(await namespace(), undefined);

        wanted = {};
        await stack.up();
        // Now there is something that a snapshot can be put on.
        wanted = { restoring: true };
        await stack.preview();
        await stack.destroy();
    });
});
