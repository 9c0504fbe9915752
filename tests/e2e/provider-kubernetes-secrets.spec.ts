import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../conformance/cluster";
import { failureOf } from "../conformance/serving";

describe("kubernetes provider and secrets", function () {
    this.timeout(300_000);
    const cluster = new Cluster();

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
});

function readToken(kubeconfig: string): string {
    return (JSON.parse(kubeconfig) as { users: { user: { token: string } }[] }).users[0]!.user
        .token;
}
