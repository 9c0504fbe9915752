import * as k8s from "@pulumi/kubernetes";
import { refOf } from "../../local/kube";
import { Cluster, displayed } from "../conformance/cluster";
import { assertSaid, failureOf } from "../conformance/serving";
import { eventually } from "../support/eventually";

describe("kubernetes provider waiting for what lies around pods", function () {
    this.timeout(300_000);
    const cluster = new Cluster();

    it("fails with the warnings about an object that nobody takes care of", async () => {
        const stack = await cluster.connected((options) => {
            const annotations = { "pulumi.com/timeoutSeconds": "3" };
            const spec = { type: "LoadBalancer", ports: [{ port: 80 }] };
            new k8s.core.v1.Service(
                "lost",
                { metadata: { name: "lost", annotations }, spec },
                options,
            );
        });
        const failure = failureOf(stack.up());
        const service = await cluster.appeared("v1", "Service", "lost");
        const { uid, name, namespace } = service.metadata;
        const { apiVersion, kind } = service;
        await cluster.api.client.create({
            apiVersion: "v1",
            kind: "Event",
            metadata: { name: "no-addresses", namespace: "default" },
            involvedObject: { apiVersion, kind, uid, name, namespace },
            type: "Warning",
            reason: "SyncLoadBalancerFailed",
            message: "no addresses are left",
        });
        assertSaid(await failure, /Service default\/lost: SyncLoadBalancerFailed: no addresses/);
        await stack.destroy();
    });

    it("goes on when the pods of a Service are ready, and the class of a claim is a late one", async () => {
        const stack = await cluster.connected((options) => {
            const metadata = { name: "late" };
            new k8s.core.v1.Service(
                "service",
                { metadata, spec: { selector: { app: "a" }, ports: [{ port: 80 }] } },
                options,
            );
            const volumeBindingMode = "WaitForFirstConsumer";
            const args = { metadata, provisioner: "example.com/none", volumeBindingMode };
            const storage = new k8s.storage.v1.StorageClass("class", args, options);
            const resources = { requests: { storage: "1Gi" } };
            const storageClassName = storage.metadata.name;
            const spec = { accessModes: ["ReadWriteOnce"], resources, storageClassName };
            new k8s.core.v1.PersistentVolumeClaim("claim", { metadata, spec }, options);
        });
        const { lines, onEvent } = displayed();
        const up = stack.up({ onEvent });
        await cluster.appeared("v1", "Service", "late");
        const endpoints = (ready: boolean) => ({
            apiVersion: "discovery.k8s.io/v1",
            kind: "EndpointSlice",
            metadata: {
                name: "late-1",
                namespace: "default",
                labels: { "kubernetes.io/service-name": "late" },
            },
            addressType: "IPv4",
            endpoints: [{ addresses: ["192.0.2.1"], conditions: { ready } }],
        });
        // The official provider looks at the older kind of the two.
        const older = (ready: boolean) => ({
            apiVersion: "v1",
            kind: "Endpoints",
            metadata: { name: "late", namespace: "default" },
            subsets: [{ [ready ? "addresses" : "notReadyAddresses"]: [{ ip: "192.0.2.1" }] }],
        });
        const apply = async (ready: boolean) => {
            const options = { fieldManager: "test", force: true };
            await cluster.api.client.apply(endpoints(ready), options);
            await cluster.api.client.apply(older(ready), options);
        };
        await apply(false);
        await eventually("a word about it", async () => {
            assertSaid(lines.join("\n"), /0 of 1 pods are ready/);
        });
        await apply(true);
        await up;
        // Nobody here looks after claims.
        const claim = await cluster.appeared("v1", "PersistentVolumeClaim", "late");
        const free = { metadata: { finalizers: null } };
        await cluster.api.client.patch(refOf(claim), free, "merge");
        await stack.destroy();
    });

    it("goes on when an Ingress has an address", async () => {
        const stack = await cluster.connected((options) => {
            const backend = { service: { name: "late", port: { number: 80 } } };
            const spec = { defaultBackend: backend };
            new k8s.networking.v1.Ingress("it", { metadata: { name: "front" }, spec }, options);
        });
        const { lines, onEvent } = displayed();
        const up = stack.up({ onEvent });
        const front = await cluster.appeared("networking.k8s.io/v1", "Ingress", "front");
        await eventually("a word about it", async () => {
            assertSaid(lines.join("\n"), /no address yet; is there an ingress controller/);
        });
        await cluster.setStatus(front, { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } });
        await up;
        await stack.destroy();
    });

    it("waits for no HorizontalPodAutoscaler", async () => {
        const stack = await cluster.connected((options) => {
            const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "absent" };
            const spec = { scaleTargetRef, maxReplicas: 3 };
            new k8s.autoscaling.v2.HorizontalPodAutoscaler("it", { spec }, options);
        });
        await stack.up();
        await stack.destroy();
    });
});
