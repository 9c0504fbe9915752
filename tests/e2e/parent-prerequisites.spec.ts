import * as assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { refuseFirstRestore } from "../../components/controlPlane/backup/firstRestore";
import { controlPlaneFacts } from "../../components/controlPlane/checks";
import { readFirst } from "../../components/controlPlane/readFirst";
import type { KubeObject } from "../../local/kube";
import { Cluster } from "../conformance/cluster";
import { failureOf } from "../conformance/serving";

const className = "ebs-sc";

describe("what a control plane needs of its parent, under the real engine [ERR-1]", function () {
    this.timeout(300_000);
    const cluster = new Cluster();
    let wanted: {
        monitored?: boolean;
        restoring?: boolean;
        strict?: boolean;
        kubeconfig?: string;
        labels?: Record<string, string>;
    } = {};

    /** As a control plane does: what it looks up first, and the first thing that it makes. */
    function declare(provider: k8s.Provider) {
        const { monitored = false, restoring = false, strict } = wanted;
        const facts = controlPlaneFacts({
            endpoint: { host: "127.0.0.1", port: 32443 },
            etcd: { storageClassName: className },
            strict,
        });
        const kubeconfig = wanted.kubeconfig ?? cluster.api.kubeconfig;
        const first = readFirst("cp", { ...facts, kubeconfig, monitored }, { provider });
        const restore = refuseFirstRestore("cp", restoring);
        const beforeCreate = [first.hooks, restore].flatMap((hooks) => hooks.beforeCreate ?? []);
        const { dependsOn } = first;
        new k8s.core.v1.Namespace(
            "namespace",
            { metadata: { name: "karmada-system", labels: wanted.labels } },
            { provider, dependsOn, hooks: { beforeCreate } },
        );
    }

    const namespace = () =>
        cluster.api.client.get({ apiVersion: "v1", kind: "Namespace", name: "karmada-system" });

    const apply = (object: Pick<KubeObject, "metadata">) =>
        cluster.api.client.apply(
            { apiVersion: "v1", kind: "Node", ...object },
            { fieldManager: "test" },
        );

    const addClass = (volumeBindingMode: string) =>
        apply({
            ...{ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", volumeBindingMode },
            ...{ metadata: { name: className }, provisioner: "example.com/none" },
        });

    const addNode = (name: string, zone: string) =>
        apply({ metadata: { name, labels: { "topology.kubernetes.io/zone": zone } } });

    it("is missed by preview and by up, before anything is made", async () => {
        const stack = await cluster.connected(({ provider }) => declare(provider));

        const noClass = /cp\.etcd\.storageClassName[\s\S]*'ebs-sc' does not exist/;
        assert.match(await failureOf(stack.preview()), noClass);
        assert.match(await failureOf(stack.up()), noClass);
        assert.equal(await namespace(), undefined);

        await addClass("WaitForFirstConsumer");
        wanted = { monitored: true };
        assert.match(await failureOf(stack.up()), /cp\.monitoring[\s\S]*does not exist/);
        assert.equal(await namespace(), undefined);

        wanted = { restoring: true };
        const noVolumes = /backup\.restoreFrom names a snapshot, but there are no volumes yet/;
        assert.match(await failureOf(stack.preview()), noVolumes);
        assert.match(await failureOf(stack.up()), noVolumes);
        assert.equal(await namespace(), undefined);
    });

    it("is said of nodes and zones that are too few, and with strict refused", async () => {
        await addNode("one", "a");
        await addNode("two", "b");
        const stack = await cluster.connected(({ provider }) => declare(provider));
        const tooFew = [
            /KarmadaControlPlane "cp"/,
            /etcd\.members is 3, each on a node of its own, and the parent has 2 that take pods/,
            /etcd\.zoneSpread is "required", which takes three zones .* in "a" \(1\), "b" \(1\)/,
            /servers is 3, .* Add nodes, or use fewer/,
        ];
        const assertTold = (text: string) => tooFew.forEach((each) => assert.match(text, each));

        const refused =
            /strict is true, and the parent has too few nodes for etcd\.members, etcd\.zoneSpread, servers/;
        wanted = { strict: true };
        for (const run of [() => stack.preview(), () => stack.up()]) {
            const said = await failureOf(run());
            assertTold(said);
            assert.match(said, refused);
        }
        assert.equal(await namespace(), undefined);

        wanted = {};
        assertTold((await stack.preview()).stdout);
        assertTold((await stack.up()).stdout);
        assert.ok(await namespace());

        // Whoever has lost a node must be able to go on.
        wanted = { strict: true, labels: { changed: "true" } };
        assertTold((await stack.up()).stdout);

        // With one node more everything has its place, and now there are volumes to restore to.
        await addNode("three", "c");
        wanted = { strict: true, restoring: true };
        assert.doesNotMatch((await stack.up()).stdout, /KarmadaControlPlane "cp"/);

        wanted = {
            strict: true,
            kubeconfig: cluster.api.kubeconfig.replace(/"token":"[^"]+"/, '"token":"x"'),
        };
        assert.match(
            (await stack.up()).stdout,
            /nodes could not be counted: the API server answers 401/,
        );
        await stack.destroy();
    });

    it("is said of a class that makes volumes before their pods have a node", async () => {
        await cluster.api.client.remove({
            ...{ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", name: className },
        });
        await addClass("Immediate");
        const stack = await cluster.connected(({ provider }) => declare(provider));
        wanted = {};
        assert.match(
            (await stack.preview()).stdout,
            /etcd\.storageClassName is "ebs-sc", which makes volumes before their pods have a node/,
        );
    });
});
