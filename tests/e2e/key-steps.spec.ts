import * as assert from "node:assert/strict";
import type * as k8s from "@pulumi/kubernetes";
import { declareNamespace } from "../../components/controlPlane/namespace";
import { versions } from "../../components/versions";
import { Cluster } from "../conformance/cluster";
import { failureOf } from "../conformance/serving";

interface Wanted {
    readonly encryptionGenerations?: readonly number[];
    readonly karmada?: string;
}

/** What carries keys and versions in a control plane; nothing of it needs parts that run. */
function declare(
    { encryptionGenerations = [1], karmada = versions.karmada }: Wanted,
    provider: k8s.Provider,
) {
    const facts = { versions: { ...versions, karmada }, issuers: false, retainVolumes: false };
    declareNamespace("cp", { ...facts, pki: {}, encryptionGenerations }, { provider });
}

describe("keys and versions of a control plane that runs, under the real engine [KAR-2]", function () {
    this.timeout(120_000);
    const cluster = new Cluster();

    it("go step by step: what leaves one out is refused by preview and by up", async () => {
        let wanted: Wanted = {};
        const stack = await cluster.connected(({ provider }) => declare(wanted, provider));
        await stack.up();

        wanted = { encryptionGenerations: [2], karmada: "1.17.1" };
        for (const run of [() => stack.preview(), () => stack.up()]) {
            const message = await failureOf(run());
            assert.match(message, /- versions\.karmada was "1\.18\.1" and is now "1\.17\.1"/);
        }
        wanted = { encryptionGenerations: [2] };
        for (const run of [() => stack.preview(), () => stack.up()]) {
            const message = await failureOf(run());
            assert.match(message, /- encryptionGenerations begins with generation 2, which was/);
            assert.match(message, /annotate namespace karmada-system control-plane-keys-/);
        }

        for (const encryptionGenerations of [[1, 2], [2, 1], [2]]) {
            wanted = { encryptionGenerations };
            await stack.up();
        }
        await stack.destroy();
    });
});
