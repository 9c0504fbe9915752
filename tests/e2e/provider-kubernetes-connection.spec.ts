import * as assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { rootCertificates } from "node:tls";
import * as k8s from "@pulumi/kubernetes";
import { Cluster } from "../conformance/cluster";
import { assertSaid, failureOf, itIsOurs } from "../conformance/serving";

describe("kubernetes provider and its connection", function () {
    this.timeout(300_000);
    const cluster = new Cluster();
    const configMap = (name: string) => cluster.configMap(name);

    it("previews while the kubeconfig is not known yet", async () => {
        const stack = await cluster.stack(async () => {
            const source = new k8s.Provider("source", { kubeconfig: cluster.api.kubeconfig });
            const holder = new k8s.core.v1.ConfigMap(
                "holder",
                { metadata: { name: "holder" }, data: {} },
                { provider: source },
            );
            const kubeconfig = holder.metadata.uid.apply(() => cluster.api.kubeconfig);
            const provider = new k8s.Provider("later", { kubeconfig });
            new k8s.core.v1.ConfigMap("late", { metadata: { name: "late" } }, { provider });
        });
        assert.deepEqual((await stack.preview()).changeSummary, { create: 5 });
        await stack.up();
        assert.ok(await configMap("late"));
        assert.deepEqual((await stack.up()).summary.resourceChanges, { same: 5 });
        await stack.destroy();
    });

    it("takes new credentials for the same cluster without touching its objects", async () => {
        let kubeconfig = cluster.api.kubeconfig;
        const stack = await cluster.stack(async () => {
            const provider = new k8s.Provider("cluster", { kubeconfig });
            new k8s.core.v1.ConfigMap("kept", { metadata: { name: "kept" } }, { provider });
        });
        await stack.up();
        const before = JSON.parse(cluster.api.kubeconfig) as object;
        kubeconfig = JSON.stringify({ ...before, preferences: { rotated: true } });
        const { summary } = await stack.up();
        assert.deepEqual(summary.resourceChanges, { update: 1, same: 2 });
        await stack.destroy();
    });

    it("names the server that cannot be reached, and forgets its objects when asked to", async () => {
        const dead = cluster.api.kubeconfig.replace(/127\.0\.0\.1:\d+/, "127.0.0.1:9");
        let kubeconfig = cluster.api.kubeconfig;
        let forget = false;
        const stack = await cluster.stack(async () => {
            const provider = new k8s.Provider("cluster", {
                kubeconfig,
                clusterIdentifier: "one",
                deleteUnreachable: forget,
            });
            new k8s.core.v1.ConfigMap("lost", { metadata: { name: "lost" } }, { provider });
        });
        await stack.up();
        kubeconfig = dead;
        const message = await failureOf(stack.refresh({ runProgram: true }));
        assertSaid(message, /cannot reach https:\/\/127\.0\.0\.1:9: nothing listens there/);
        forget = true;
        await stack.up();
        await stack.destroy();
        assert.ok(await configMap("lost"), "nobody could remove it");
        await cluster.api.client.remove({ apiVersion: "v1", kind: "ConfigMap", name: "lost" });
    });

    it("names the way out of a cluster whose kubeconfig is gone, and takes it", async () => {
        const kubeconfig = path.join(cluster.folder, "lost.json");
        writeFileSync(kubeconfig, cluster.api.kubeconfig, { mode: 0o600 });
        const stack = await cluster.stack(async () => {
            const provider = new k8s.Provider("cluster", { kubeconfig });
            new k8s.core.v1.ConfigMap("lost", { metadata: { name: "lost" } }, { provider });
        });
        await stack.up();
        rmSync(kubeconfig);
        const message = await failureOf(stack.destroy());
        assertSaid(message, /there is no file ".*lost\.json"/);
        assertSaid(message, /PULUMI_K8S_DELETE_UNREACHABLE/, /DELETE_UNREACHABLE|unreachable/i);
        stack.workspace.envVars.PULUMI_K8S_DELETE_UNREACHABLE = "true";
        await stack.destroy();
        assert.ok(await configMap("lost"), "nobody could remove it");
        await cluster.api.client.remove({ apiVersion: "v1", kind: "ConfigMap", name: "lost" });
    });

    it("does not talk to a server whose certificate is not the cluster's", async () => {
        const other = Buffer.from(rootCertificates[0]!).toString("base64");
        const config = JSON.parse(cluster.api.kubeconfig) as { clusters: { cluster: object }[] };
        const changed = { ...config.clusters[0]!.cluster, "certificate-authority-data": other };
        const kubeconfig = JSON.stringify({
            ...config,
            clusters: [{ name: "test", cluster: changed }],
        });
        const stack = await cluster.connected(
            (options) => {
                new k8s.core.v1.ConfigMap("never", {}, options);
            },
            () => ({ kubeconfig }),
        );
        const message = await failureOf(stack.up());
        assertSaid(message, /not signed by the kubeconfig's certificate authority/);
        assertSaid(message, /set certificate-authority-data to this cluster's own CA/);
        await stack.destroy();
    });

    const later = "the official provider says so when an object is to be made";
    itIsOurs(later, "says that a kubeconfig is no good before anything is made", async () => {
        let args: k8s.ProviderArgs = { kubeconfig: "/nowhere/kubeconfig.yaml" };
        const stack = await cluster.stack(async () => {
            const provider = new k8s.Provider("other", args);
            new k8s.core.v1.ConfigMap("never", { metadata: { name: "never" } }, { provider });
        });
        const missing = await failureOf(stack.preview());
        assertSaid(missing, /there is no file "\/nowhere\/kubeconfig\.yaml"/);
        args = { kubeconfig: cluster.api.kubeconfig, context: "elsewhere" };
        const unnamed = await failureOf(stack.preview());
        assertSaid(unnamed, /there is no context "elsewhere"; it has "test"/);
    });
});
