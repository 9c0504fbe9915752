import * as assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { EngineEvent } from "@pulumi/pulumi/automation";
import { KubeObject, refOf } from "../../local/kube";
import { Cluster, deployment, podSpec } from "../conformance/cluster";
import { assertSaid, failureOf } from "../conformance/serving";
import { eventually } from "../support/eventually";

describe("kubernetes provider waiting for objects", function () {
    this.timeout(120_000);
    const cluster = new Cluster();

    const setStatus = (object: KubeObject, status: object) =>
        cluster.api.client.patch(refOf(object), { status }, "merge", { subresource: "status" });
    const appeared = async (apiVersion: string, kind: string, name?: string) => {
        let found: KubeObject | undefined;
        await eventually(`a ${kind}`, async () => {
            const all = await cluster.api.client.list(apiVersion, kind, { namespace: "default" });
            found = all.find(({ metadata }) => name === undefined || metadata.name === name);
            return found !== undefined;
        });
        return found!;
    };
    /** What the display shows beside resources while something lasts. */
    const shown = () => {
        const lines: string[] = [];
        const onEvent = ({ diagnosticEvent }: EngineEvent) => {
            if (diagnosticEvent?.ephemeral) lines.push(diagnosticEvent.message);
        };
        return { lines, onEvent };
    };

    it("fails with what the pods of a stuck Deployment say", async () => {
        const stack = await cluster.connected((options) => {
            const { metadata, spec } = deployment({ name: "stuck" }, 1);
            const args = { metadata, spec: { ...spec, progressDeadlineSeconds: 5 } };
            new k8s.apps.v1.Deployment("stuck", args, options);
        });
        const failure = failureOf(stack.up());
        await setStatus(await appeared("v1", "Pod"), {
            phase: "Pending",
            containerStatuses: [
                {
                    name: "main",
                    image: "none",
                    imageID: "",
                    ready: false,
                    restartCount: 2,
                    state: { waiting: { reason: "ImagePullBackOff", message: "no such image" } },
                    lastState: { terminated: { exitCode: 3, reason: "Error" } },
                },
            ],
        });
        const message = await failure;
        assertSaid(message, /Deployment default\/stuck: the rollout is stuck/);
        assertSaid(message, /Pod default\/stuck-\S+: container main: ImagePullBackOff: no such/);
        assertSaid(message, /its last run ended with exit code 3 \(Error\)/, /exit code 3/i);
        await stack.destroy();
    });

    it("fails with the reason of a failed Job and what its pods say", async () => {
        const labels = { job: "migrate" };
        const stack = await cluster.connected((options) => {
            const metadata = { name: "migrate" };
            const template = { metadata: { labels }, spec: { ...podSpec, restartPolicy: "Never" } };
            const spec = { backoffLimit: 0, template };
            new k8s.batch.v1.Job("migrate", { metadata, spec }, options);
        });
        const running = failureOf(stack.up());
        const job = await appeared("batch/v1", "Job", "migrate");
        // Nobody here makes the pods of a Job.
        const { client } = cluster.api;
        const { selector } = job.spec as { selector: { matchLabels: Record<string, string> } };
        const metadata = {
            name: "migrate-1",
            namespace: "default",
            labels: { ...labels, ...selector.matchLabels },
        };
        const pod = await client.create({ apiVersion: "v1", kind: "Pod", metadata, spec: podSpec });
        const terminated = { exitCode: 3, reason: "Error", message: "no such table" };
        const container = { name: "main", image: "none", imageID: "", ready: false };
        const containerStatuses = [{ ...container, restartCount: 0, state: { terminated } }];
        await setStatus(pod, { phase: "Failed", containerStatuses });
        const why = { reason: "BackoffLimitExceeded", message: "Job has reached the limit" };
        const time = new Date().toISOString();
        const common = { status: "True", lastTransitionTime: time, lastProbeTime: time, ...why };
        const conditions = ["FailureTarget", "Failed"].map((type) => ({ type, ...common }));
        await setStatus(job, { startTime: time, failed: 1, conditions });
        const message = await running;
        assertSaid(message, /the job failed: BackoffLimitExceeded: Job has reached/);
        assertSaid(message, /Pod default\/migrate-1: .*no such table/, /no such table/);
        await client.remove(refOf(pod), { gracePeriodSeconds: 0 });
        await stack.destroy();
    });

    it("does not wait for an object when told so", async () => {
        const stack = await cluster.connected((options) => {
            const annotations = { "pulumi.com/skipAwait": "true" };
            const { metadata, spec } = deployment({ name: "unwatched", annotations }, 1);
            new k8s.apps.v1.Deployment("unwatched", { metadata, spec }, options);
        });
        await stack.up();
        const live = await appeared("apps/v1", "Deployment", "unwatched");
        assert.equal((live.status as { readyReplicas?: number }).readyReplicas ?? 0, 0);
        await stack.destroy();
    });

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
        const service = await appeared("v1", "Service", "lost");
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

    it("shows what it waits for while it waits, and for how much", async () => {
        const stack = await cluster.connected((options) => {
            new k8s.apps.v1.StatefulSet(
                "slow",
                {
                    metadata: { name: "slow" },
                    spec: { ...deployment({}, 3).spec, serviceName: "slow" },
                },
                options,
            );
        });
        const { lines, onEvent } = shown();
        const up = stack.up({ onEvent });
        const set = await appeared("apps/v1", "StatefulSet");
        await setStatus(set, { observedGeneration: 1, replicas: 3, readyReplicas: 1 });
        const told = /1 of 3 replicas are ready/;
        await eventually("a word about it", async () => {
            assertSaid(lines.join("\n"), told, /1\/3/);
        });
        const revision = { currentRevision: "a", updateRevision: "a", currentReplicas: 3 };
        await setStatus(set, { readyReplicas: 3, ...revision });
        await up;
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
        const { lines, onEvent } = shown();
        const up = stack.up({ onEvent });
        await appeared("v1", "Service", "late");
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
        const claim = await appeared("v1", "PersistentVolumeClaim", "late");
        const free = { metadata: { finalizers: null } };
        await cluster.api.client.patch(refOf(claim), free, "merge");
        await stack.destroy();
    });

    it("tells on a refresh that a Pod is not ready any more", async () => {
        const metadata = { name: "single" };
        const stack = await cluster.connected((options) => {
            new k8s.core.v1.Pod("single", { metadata, spec: podSpec }, options);
        });
        const up = stack.up();
        const pod = await appeared("v1", "Pod", "single");
        const conditions = ["PodScheduled", "Initialized", "Ready"];
        const all = (status: string) => ({
            conditions: conditions.map((type) => ({
                type,
                status,
                message: "gone",
                reason: "Lost",
            })),
        });
        await setStatus(pod, { phase: "Running", ...all("True") });
        await up;
        assert.deepEqual((await stack.up()).summary.resourceChanges, { same: 3 });
        await setStatus(pod, all("False"));
        const { lines, onEvent } = shown();
        const errors: string[] = [];
        const refresh = stack.refresh({
            onEvent: (event) => {
                onEvent(event);
                errors.push(event.diagnosticEvent?.message ?? "");
            },
        });
        await refresh.catch((error: unknown) => errors.push(String(error)));
        assertSaid([...lines, ...errors].join("\n"), /Pod default\/single: Lost: gone/, /gone/);
        // Without a node, nobody else lets it go.
        const removal = stack.destroy();
        await eventually("its removal", async () => {
            const live = await cluster.api.client.get(refOf(pod));
            return live === undefined || live.metadata.deletionTimestamp !== undefined;
        });
        await cluster.api.client.remove(refOf(pod), { gracePeriodSeconds: 0 });
        await removal;
    });
});
