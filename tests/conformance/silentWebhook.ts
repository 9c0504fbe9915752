import { once } from "node:events";
import { AddressInfo, createServer } from "node:net";
import { KubeClient } from "../../local/kube";
import { eventually } from "../support/eventually";

const labels = { "example.com/webhook": "silent" };
const ref = {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    name: "silent",
};

/** A webhook that takes what it is asked and does not answer: the API server's own answer does not come. */
export async function silentWebhook(client: KubeClient) {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const called = () => once(server, "connection");
    const { name, ...kind } = ref;
    const webhook = {
        name: "silent.example.com",
        admissionReviewVersions: ["v1"],
        clientConfig: { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/` },
        objectSelector: { matchLabels: labels },
        rules: [
            { apiGroups: [""], apiVersions: ["v1"], operations: ["*"], resources: ["configmaps"] },
        ],
        sideEffects: "None",
        timeoutSeconds: 30,
    };
    await client.apply({ ...kind, metadata: { name }, webhooks: [webhook] }, { fieldManager: "t" });
    /** It takes a moment until the API server heeds it, or no longer does. */
    const trial = (ms: number) =>
        client
            .cancelledBy(AbortSignal.timeout(ms))
            .apply(
                { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "trial", labels } },
                { fieldManager: "t", dryRun: true },
            );
    let heeded = false;
    server.on("connection", () => (heeded = true));
    await eventually("the first call", async () => {
        await trial(500).catch(() => undefined);
        return heeded;
    });
    return {
        labels,
        called,
        async remove() {
            await client.remove(ref);
            await eventually("the last call", async () => void (await trial(500)));
            server.close();
        },
    };
}
