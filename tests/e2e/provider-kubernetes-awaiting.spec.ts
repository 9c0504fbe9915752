import * as assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { type KubeObject, refOf } from "../../local/kube";
import { Cluster, deployment, displayed, podSpec } from "../conformance/cluster";
import { assertSaid, failureOf } from "../conformance/serving";
import { eventually } from "../support/eventually";

const conditionsOf = (types: readonly string[], why: object) => {
    const time = new Date().toISOString();
    const common = { status: "True", lastTransitionTime: time, lastProbeTime: time, ...why };
    return types.map((type) => ({ type, ...common }));
};

/** Of a Job, as its controller leaves it. */
const failedStatus = () => {
    const why = { reason: "BackoffLimitExceeded", message: "Job has reached the limit" };
    const conditions = conditionsOf(["FailureTarget", "Failed"], why);
    return { startTime: new Date().toISOString(), failed: 1, conditions };
};

describe("kubernetes provider waiting for objects", function () {
    this.timeout(300_000);
    const cluster = new Cluster();

    it("fails with what the pods of a stuck Deployment say", async () => {
        const stack = await cluster.connected((options) => {
            const { metadata, spec } = deployment({ name: "stuck" }, 1);
            const args = { metadata, spec: { ...spec, progressDeadlineSeconds: 5 } };
            new k8s.apps.v1.Deployment("stuck", args, options);
        });
        const failure = failureOf(stack.up());
        await cluster.setStatus(await cluster.appeared("v1", "Pod"), {
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
        const job = await cluster.appeared("batch/v1", "Job", "migrate");
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
        await cluster.setStatus(pod, { phase: "Failed", containerStatuses });
        await cluster.setStatus(job, failedStatus());
        const message = await running;
        assertSaid(message, /the job failed: BackoffLimitExceeded: Job has reached/);
        assertSaid(message, /Pod default\/migrate-1: .*no such table/, /no such table/);
        await client.remove(refOf(pod), { gracePeriodSeconds: 0 });
        await stack.destroy();
    });

    it("makes a Job anew that has failed, when told so, and leaves one alone that has completed", async () => {
        const stack = await cluster.connected((options) => {
            const annotations = { "pulumi.com/replaceUnready": "true" };
            const metadata = { name: "repeated", annotations };
            const template = { spec: { ...podSpec, restartPolicy: "Never" } };
            new k8s.batch.v1.Job("repeated", { metadata, spec: { template } }, options);
        });
        const first = failureOf(stack.up());
        const failing = await cluster.appeared("batch/v1", "Job", "repeated");
        await cluster.setStatus(failing, failedStatus());
        assertSaid(await first, /the job failed: BackoffLimitExceeded/, /BackoffLimitExceeded/);

        const second = stack.up();
        let another: KubeObject | undefined;
        await eventually("another Job", async () => {
            another = await cluster.api.client.get(refOf(failing));
            return another !== undefined && another.metadata.uid !== failing.metadata.uid;
        });
        const time = new Date().toISOString();
        const done = { startTime: time, completionTime: time, succeeded: 1 };
        const conditions = conditionsOf(["SuccessCriteriaMet", "Complete"], { reason: "Done" });
        await cluster.setStatus(another!, { ...done, conditions });
        assert.equal((await second).summary.resourceChanges?.replace, 1);
        assert.equal((await stack.up()).summary.resourceChanges?.replace, undefined);
        await stack.destroy();
    });

    it("does not wait for an object when told so", async () => {
        const stack = await cluster.connected((options) => {
            const annotations = { "pulumi.com/skipAwait": "true" };
            const { metadata, spec } = deployment({ name: "unwatched", annotations }, 1);
            new k8s.apps.v1.Deployment("unwatched", { metadata, spec }, options);
        });
        await stack.up();
        const live = await cluster.appeared("apps/v1", "Deployment", "unwatched");
        assert.equal((live.status as { readyReplicas?: number }).readyReplicas ?? 0, 0);
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
        const { lines, onEvent } = displayed();
        const up = stack.up({ onEvent });
        const set = await cluster.appeared("apps/v1", "StatefulSet");
        await cluster.setStatus(set, { observedGeneration: 1, replicas: 3, readyReplicas: 1 });
        const told = /1 of 3 replicas are ready/;
        await eventually("a word about it", async () => {
            assertSaid(lines.join("\n"), told, /1\/3/);
        });
        const revision = { currentRevision: "a", updateRevision: "a", currentReplicas: 3 };
        await cluster.setStatus(set, { readyReplicas: 3, ...revision });
        await up;
        await stack.destroy();
    });

    it("goes on when every pod of a DaemonSet is up to date and available", async () => {
        const stack = await cluster.connected((options) => {
            const { selector, template } = deployment({}, 0).spec;
            const args = { metadata: { name: "everywhere" }, spec: { selector, template } };
            new k8s.apps.v1.DaemonSet("everywhere", args, options);
        });
        const { lines, onEvent } = displayed();
        const up = stack.up({ onEvent });
        const set = await cluster.appeared("apps/v1", "DaemonSet", "everywhere");
        const scheduled = { desiredNumberScheduled: 2, currentNumberScheduled: 2 };
        await cluster.setStatus(set, {
            observedGeneration: 1,
            numberMisscheduled: 0,
            ...scheduled,
            updatedNumberScheduled: 2,
            numberReady: 1,
            numberAvailable: 1,
        });
        await eventually("a word about it", async () => {
            assertSaid(lines.join("\n"), /1 of 2 pods are available/);
        });
        await cluster.setStatus(set, { numberReady: 2, numberAvailable: 2 });
        await up;
        await stack.destroy();
    });

    it("tells on a refresh that a Pod is not ready any more", async () => {
        const metadata = { name: "single" };
        const stack = await cluster.connected((options) => {
            new k8s.core.v1.Pod("single", { metadata, spec: podSpec }, options);
        });
        const up = stack.up();
        const pod = await cluster.appeared("v1", "Pod", "single");
        const conditions = ["PodScheduled", "Initialized", "Ready"];
        const all = (status: string) => ({
            conditions: conditions.map((type) => ({
                type,
                status,
                message: "gone",
                reason: "Lost",
            })),
        });
        await cluster.setStatus(pod, { phase: "Running", ...all("True") });
        await up;
        assert.deepEqual((await stack.up()).summary.resourceChanges, { same: 3 });
        await cluster.setStatus(pod, all("False"));
        const { lines, onEvent } = displayed();
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
