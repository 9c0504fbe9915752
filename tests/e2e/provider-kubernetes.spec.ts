import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Cluster, deployment, podSpec } from "../conformance/cluster";
import { assertSaid, failureOf, programUnderTest } from "../conformance/serving";
import { eventually } from "../support/eventually";

describe("kubernetes provider under the real engine", function () {
    this.timeout(120_000);
    const cluster = new Cluster();
    const configMap = (name: string, namespace?: string) => cluster.configMap(name, namespace);

    it("creates, leaves alone, replaces and removes objects of many kinds", async () => {
        let data = { colour: "blue" };
        const stack = await cluster.connected((options) => {
            const namespace = new k8s.core.v1.Namespace("team", {}, options);
            const within = { namespace: namespace.metadata.name };
            const settings = new k8s.core.v1.ConfigMap(
                "settings",
                { metadata: within, data },
                options,
            );
            const widgets = new k8s.apiextensions.v1.CustomResourceDefinition(
                "widgets",
                widgetDefinition,
                options,
            );
            const widget = new k8s.apiextensions.CustomResource(
                "widget",
                {
                    apiVersion: "example.com/v1",
                    kind: "Widget",
                    metadata: {
                        ...within,
                        name: "first",
                        // The garbage collector sees a new kind only after half a minute.
                        annotations: { "pulumi.com/deletionPropagationPolicy": "background" },
                    },
                    spec: { size: 1 },
                },
                { ...options, dependsOn: widgets },
            );
            new k8s.apps.v1.Deployment("none", deployment(within, 0), options);
            return {
                namespace: namespace.metadata.name,
                name: settings.metadata.name,
                widget: widget.metadata.name,
            };
        });

        const preview = await stack.preview();
        assert.deepEqual(preview.changeSummary, { create: 7 });
        const first = await stack.up();
        const namespace = first.outputs.namespace?.value as string;
        const name = first.outputs.name?.value as string;
        assert.match(namespace, /^team-[0-9a-f]{8}$/);
        assert.match(name, /^settings-[0-9a-f]{8}$/);
        assert.deepEqual((await configMap(name, namespace))?.data, { colour: "blue" });

        const second = await stack.up();
        assert.deepEqual(second.summary.resourceChanges, { same: 7 });

        data = { colour: "green" };
        const third = await stack.up();
        const newName = third.outputs.name?.value as string;
        assert.deepEqual(third.summary.resourceChanges, { replace: 1, same: 6 });
        assert.notEqual(newName, name);
        assert.equal(await configMap(name, namespace), undefined);
        assert.deepEqual((await configMap(newName, namespace))?.data, { colour: "green" });

        await stack.destroy();
        const gone = await cluster.api.client.get({
            apiVersion: "v1",
            kind: "Namespace",
            name: namespace,
        });
        assert.equal(gone, undefined);
    });

    it("updates in place what may change and replaces what the API server calls immutable", async () => {
        let revisions = 1;
        let label = "a";
        let cpu = "500m";
        const ref = { apiVersion: "apps/v1", kind: "Deployment", name: "changing" };
        const uid = async () => (await cluster.api.client.get(ref))?.metadata.uid;
        const stack = await cluster.connected((options) => {
            const { metadata, spec } = deployment({ name: ref.name }, 0, label);
            const container = { ...podSpec.containers[0]!, resources: { limits: { cpu } } };
            const template = { ...spec.template, spec: { containers: [container] } };
            new k8s.apps.v1.Deployment(
                "it",
                { metadata, spec: { ...spec, template, revisionHistoryLimit: revisions } },
                options,
            );
        });
        await stack.up();
        const original = await uid();

        revisions = 2;
        const updated = await stack.up();
        assert.deepEqual(updated.summary.resourceChanges, { update: 1, same: 2 });
        assert.equal(await uid(), original);

        cpu = "0.5";
        const rewritten = await stack.preview();
        assert.deepEqual(rewritten.changeSummary, { same: 3 }, "another way to write the same");

        label = "b";
        const replaced = await stack.up();
        assert.deepEqual(replaced.summary.resourceChanges, { replace: 1, same: 2 });
        assert.notEqual(await uid(), original);
        await stack.destroy();
    });

    it("keeps what a Secret holds out of the state, the output and the errors", async () => {
        const password = "correct-horse-battery";
        let broken = false;
        const stack = await cluster.connected(
            (options) => {
                const secret = new k8s.core.v1.Secret(
                    "login",
                    {
                        metadata: { name: "login", labels: broken ? { "not valid": "x" } : {} },
                        // Not marked by the user: all that a Secret holds is secret.
                        stringData: { password },
                    },
                    options,
                );
                new k8s.core.v1.ConfigMap(
                    "copy",
                    {
                        metadata: { name: "copy" },
                        data: { password: pulumi.secret(password), open: "visible-value" },
                    },
                    options,
                );
                return { data: secret.data };
            },
            () => ({ enableSecretMutable: true }),
        );
        const output: string[] = [];
        const onOutput = (text: string) => output.push(text);
        const up = await stack.up({ onOutput });
        assert.equal(up.outputs.data?.secret, true);
        await stack.refresh({ onOutput });
        assert.deepEqual((await stack.up({ onOutput })).summary.resourceChanges, { same: 4 });
        broken = true;
        output.push(await failureOf(stack.up({ onOutput })));

        const state = readFileSync(stack.stateFile, "utf8");
        assert.ok(state.includes("visible-value"));
        for (const text of [state, output.join("")]) {
            assert.ok(!text.includes(password));
            assert.ok(!text.includes(Buffer.from(password).toString("base64")));
            assert.ok(!text.includes(readToken(cluster.api.kubeconfig)));
        }
        broken = false;
        await stack.destroy();
    });

    it("waits for a service account's token, and calls it unknown in a preview", async () => {
        const seen: (string | undefined)[] = [];
        const stack = await cluster.connected((options) => {
            const account = new k8s.core.v1.ServiceAccount("robot", {}, options);
            const token = new k8s.core.v1.Secret(
                "token",
                {
                    metadata: {
                        annotations: {
                            "kubernetes.io/service-account.name": account.metadata.name,
                        },
                    },
                    type: "kubernetes.io/service-account-token",
                },
                options,
            );
            token.data.apply((data) => seen.push(data?.token));
        });
        await stack.preview();
        assert.equal(seen.length, 0);
        await stack.up();
        assert.ok(seen.length > 0);
        assert.ok(seen.every((token) => token !== undefined && token.length > 100));
        await stack.destroy();
    });

    it("keeps an object that did not become ready, says what is missing and goes on next time", async () => {
        let wanted = "2";
        const stack = await cluster.connected((options) => {
            const conditions = ["jsonpath={.data.step}=2", "condition=Ready"];
            new k8s.core.v1.ConfigMap(
                "slow",
                {
                    metadata: {
                        name: "slow",
                        annotations: {
                            "pulumi.com/waitFor": JSON.stringify(
                                wanted === "2" ? conditions : conditions.slice(0, 1),
                            ),
                            "pulumi.com/timeoutSeconds": "1",
                        },
                    },
                },
                options,
            );
        });
        const message = await failureOf(stack.up());
        assertSaid(message, /ConfigMap default\/slow: not so after 1 s of waiting for/);
        assertSaid(message, /\{\.data\.step\}=2 \(there is none yet\)/);
        assertSaid(message, /condition Ready=True \(there is none yet\)/);
        assert.ok(await configMap("slow"));

        wanted = "step alone";
        const again = stack.up();
        await eventually("the wait", async () => {
            const { annotations } = (await configMap("slow"))?.metadata ?? {};
            return annotations?.["pulumi.com/waitFor"]?.includes("Ready") === false;
        });
        const ref = { apiVersion: "v1", kind: "ConfigMap", name: "slow" };
        await cluster.api.client.patch(ref, { data: { step: "2" } }, "merge");
        assert.deepEqual((await again).summary.resourceChanges, { same: 2, update: 1 });
        await stack.destroy();
    });

    it("fails with the reason of a failed Job", async () => {
        const stack = await cluster.connected((options) => {
            new k8s.batch.v1.Job(
                "migrate",
                {
                    metadata: { name: "migrate" },
                    spec: {
                        backoffLimit: 0,
                        template: { spec: { ...podSpec, restartPolicy: "Never" } },
                    },
                },
                options,
            );
        });
        const running = failureOf(stack.up());
        const ref = { apiVersion: "batch/v1", kind: "Job", name: "migrate" };
        await eventually("the job", async () => (await cluster.api.client.get(ref)) !== undefined);
        const why = { reason: "BackoffLimitExceeded", message: "Job has reached the limit" };
        const time = new Date().toISOString();
        const common = { status: "True", lastTransitionTime: time, lastProbeTime: time, ...why };
        await cluster.api.client.patch(
            ref,
            {
                status: {
                    startTime: time,
                    failed: 1,
                    conditions: [
                        { type: "FailureTarget", ...common },
                        { type: "Failed", ...common },
                    ],
                },
            },
            "merge",
            { subresource: "status" },
        );
        assertSaid(await running, /the job failed: BackoffLimitExceeded: Job has reached/);
        await stack.destroy();
    });

    it("refuses to take over an object it has not made, unless told to", async () => {
        await cluster.api.client.create({
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: "theirs" },
            data: { owner: "them" },
        });
        let args: Partial<k8s.ProviderArgs> = {};
        let annotations: Record<string, string> = {};
        const stack = await cluster.connected(
            (options) => {
                const metadata = { name: "theirs", annotations };
                const data = { owner: "us" };
                new k8s.core.v1.ConfigMap("theirs", { metadata, data }, options);
            },
            () => args,
        );
        assertSaid(await failureOf(stack.up()), /is already there/);
        args = { upsertExistingObjects: true };
        assertSaid(await failureOf(stack.up()), /data\.owner[^]*managed by someone else/);
        annotations = { "pulumi.com/patchForce": "true" };
        await stack.up();
        assert.deepEqual((await configMap("theirs"))?.data, { owner: "us" });
        await stack.destroy();
    });

    it("imports what is there", async () => {
        const metadata = { name: "found", namespace: "default" };
        const data = { kept: "1" };
        await cluster.api.client.create({ apiVersion: "v1", kind: "ConfigMap", metadata, data });
        let options: pulumi.CustomResourceOptions = { import: "default/found" };
        const stack = await cluster.connected(({ provider }) => {
            new k8s.core.v1.ConfigMap("found", { metadata, data }, { provider, ...options });
        });
        const imported = await stack.up();
        assert.deepEqual(imported.summary.resourceChanges, { create: 2, import: 1 });
        options = {};
        assert.deepEqual((await stack.up()).summary.resourceChanges, { same: 3 });
        await stack.destroy();
        assert.equal(await configMap("found"), undefined);
    });

    it("leaves what is in ignoreChanges as others have made it", async () => {
        let mine = "1";
        const stack = await cluster.connected(
            ({ provider }) => {
                const data = { mine, yours: "1" };
                const metadata = { name: "shared" };
                const ignoreChanges = ["data.yours"];
                new k8s.core.v1.ConfigMap("it", { metadata, data }, { provider, ignoreChanges });
            },
            () => ({ enableConfigMapMutable: true }),
        );
        await stack.up();
        const ref = { apiVersion: "v1", kind: "ConfigMap", name: "shared" };
        await cluster.api.client.patch(ref, { data: { yours: "2" } }, "merge");
        mine = "2";
        assert.deepEqual((await stack.up()).summary.resourceChanges, { update: 1, same: 2 });
        assert.deepEqual((await configMap("shared"))?.data, { mine: "2", yours: "2" });
        await stack.destroy();
    });

    it("ends a wait when the user cancels, and keeps what was made", async () => {
        const stack = await cluster.connected(neverReady);
        const cancellation = new AbortController();
        const running = failureOf(stack.up({ signal: cancellation.signal }));
        await eventually("the object", async () => (await configMap("never-ready")) !== undefined);
        cancellation.abort();
        assertSaid(await running, /cancelled while waiting for: condition Ready=True/);
        await stack.destroy();
        assert.equal(await configMap("never-ready"), undefined);
    });

    it("leaves no process behind when the engine is killed", async () => {
        const stack = await cluster.connected(neverReady);
        const running = failureOf(stack.up());
        await eventually("the object", async () => (await configMap("never-ready")) !== undefined);
        const plugin = programUnderTest(cluster.folder, "kubernetes");
        assert.equal(processesWith(plugin).length, 1);
        for (const pid of enginesOfThisTest()) {
            process.kill(pid, "SIGKILL");
        }
        await running;
        await eventually("the plugin's end", async () => processesWith(plugin).length === 0);
        await cluster.api.client.remove({
            apiVersion: "v1",
            kind: "ConfigMap",
            name: "never-ready",
        });
    });
});

function neverReady(options: { provider: k8s.Provider }): void {
    const annotations = { "pulumi.com/waitFor": "condition=Ready" };
    const metadata = { name: "never-ready", annotations };
    new k8s.core.v1.ConfigMap("it", { metadata }, options);
}

/** Of those that this test run has started, directly or not: nothing else has its temporary folder in its words. */
function processesWith(argument: string): number[] {
    return readdirSync("/proc")
        .map(Number)
        .filter((pid) => pid > 0 && readQuietly(`/proc/${pid}/cmdline`).includes(argument));
}

function enginesOfThisTest(): number[] {
    return readdirSync("/proc")
        .map(Number)
        .filter((pid) => {
            const [, name, parent] =
                /\((.*)\) \S (\d+)/s.exec(readQuietly(`/proc/${pid}/stat`)) ?? [];
            return name === "pulumi" && Number(parent) === process.pid;
        });
}

function readQuietly(file: string): string {
    try {
        return readFileSync(file, "utf8");
    } catch {
        return ""; // It has ended meanwhile.
    }
}

const widgetDefinition = {
    metadata: { name: "widgets.example.com" },
    spec: {
        group: "example.com",
        scope: "Namespaced",
        names: { plural: "widgets", singular: "widget", kind: "Widget" },
        versions: [
            {
                name: "v1",
                served: true,
                storage: true,
                schema: {
                    openAPIV3Schema: {
                        type: "object",
                        x_kubernetes_preserve_unknown_fields: true,
                    },
                },
            },
        ],
    },
};

function readToken(kubeconfig: string): string {
    return (JSON.parse(kubeconfig) as { users: { user: { token: string } }[] }).users[0]!.user
        .token;
}
