import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as k8s from "@pulumi/kubernetes";
import { Deployment } from "@pulumi/pulumi/automation";
import { type Snapshot, withUnfinished } from "../../local/engine/interrupted";
import { silentWebhook } from "../conformance/silentWebhook";
import { Cluster } from "../conformance/cluster";
import { assertSaid, failureOf, itIsOurs, programUnderTest } from "../conformance/serving";
import { eventually } from "../support/eventually";

const settling = "the official engine only warns of open operations";

describe("kubernetes provider and what is not finished", function () {
    this.timeout(300_000);
    const cluster = new Cluster();
    const configMap = (name: string) => cluster.configMap(name);
    const isMade = () =>
        eventually("the object", async () => (await configMap("never-ready")) !== undefined);

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

    it("ends a wait when the user cancels, and keeps what was made", async () => {
        const stack = await cluster.connected(neverReady);
        const cancellation = new AbortController();
        const running = failureOf(stack.up({ signal: cancellation.signal }));
        await Promise.race([isMade(), running.then(endedTooSoon)]);
        cancellation.abort();
        assertSaid(await running, /cancelled while waiting for: condition Ready=True/);
        await stack.destroy();
        assert.equal(await configMap("never-ready"), undefined);
    });

    it("ends a request that is not answered when the user cancels, and goes on next time", async () => {
        const webhook = await silentWebhook(cluster.api.client);
        const stack = await cluster.connected((options) => {
            const metadata = { name: "unheard", labels: webhook.labels };
            new k8s.core.v1.ConfigMap("it", { metadata }, options);
        });
        const cancellation = new AbortController();
        const called = webhook.called();
        const running = failureOf(stack.up({ signal: cancellation.signal }));
        await Promise.race([called, running.then(endedTooSoon)]);
        cancellation.abort();
        const message = await running;
        assertSaid(message, /Nobody knows whether ConfigMap default\/unheard has been made/);
        await webhook.remove();
        await stack.up();
        assert.ok(await configMap("unheard"));
        await stack.destroy();
        assert.equal(await configMap("unheard"), undefined);
    });

    describe("of fields of another's object", () => {
        const ref = { apiVersion: "v1", kind: "ConfigMap", name: "theirs" };
        const { name, ...kind } = ref;
        /** As another stack would have made it. */
        const theirs = () =>
            cluster.api.client.apply(
                { ...kind, metadata: { name }, data: { mine: "no" } },
                { fieldManager: "pulumi-kubernetes-0123abcd" },
            );
        const colouring = () =>
            cluster.connected((options) => {
                const data = { colour: "blue" };
                const metadata = { name };
                new k8s.core.v1.ConfigMapPatch("it", { metadata, data }, options);
            });
        const dataNow = async () => (await cluster.api.client.get(ref))?.data;
        beforeEach(theirs);
        afterEach(() => cluster.api.client.remove(ref));

        itIsOurs(settling, "gives up the fields that it was just setting", async () => {
            const stack = await colouring();
            await stack.up();
            await stack.importStack(settled(await stack.exportStack()));
            await stack.refresh();
            await stack.destroy();
            assert.deepEqual(await dataNow(), { mine: "no" });
        });

        itIsOurs(settling, "leaves it alone when it had not yet set them", async () => {
            const stack = await colouring();
            await stack.up();
            const state = await stack.exportStack();
            await stack.destroy();
            await stack.importStack(settled(state));
            await stack.refresh();
            await stack.destroy();
            assert.deepEqual(await dataNow(), { mine: "no" });
        });
    });

    it("leaves no process behind when the engine is killed", async () => {
        const stack = await cluster.connected(neverReady);
        const running = failureOf(stack.up());
        await Promise.race([isMade(), running.then(endedTooSoon)]);
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

/** As the state of an engine that was killed while it made the last resource, once that is settled. */
function settled(state: Deployment): Deployment {
    const { resources = [], ...rest } = state.deployment as Snapshot;
    const resource = { ...resources.at(-1)!, id: undefined, outputs: undefined };
    const pending_operations = [{ type: "creating", resource }];
    const cutOff = { ...rest, resources: resources.slice(0, -1), pending_operations };
    return { ...state, deployment: withUnfinished(cutOff) };
}

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

function endedTooSoon(message: string): never {
    throw new Error(`the update ended before it was cut off:\n${message}`);
}
