import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { existingKarmada } from "../../../../components";
import { sampleKubeconfig, sampleSigner } from "../../../support/kubeconfigs";
import { bothModes, isSecret, one, registeredBy, valueOf } from "../../../support/mocks";

describe("existingKarmada", () => {
    for (const { mode, preview } of bothModes) {
        it(`makes one provider and nothing else (${mode})`, async () => {
            const { all } = await registeredBy(connect, { preview });
            assert.deepEqual(
                all.map(({ type, name }) => ({ type, name })),
                [{ type: "pulumi:providers:kubernetes", name: "karmada-provider" }],
            );
        });

        it(`tells address and authority in the open (${mode})`, async () => {
            const { result } = await registeredBy(connect, { preview });
            assert.equal(await valueOf(result.endpoint), "https://karmada.example.com:32443");
            assert.equal(await valueOf(result.caCertPem), "CA of main");
            assert.equal(await pulumi.isSecret(result.endpoint), false);
            assert.equal(await pulumi.isSecret(result.caCertPem), false);
        });

        it(`keeps the kubeconfig and the signer's key secret (${mode})`, async () => {
            const { all, result } = await registeredBy(connect, { preview });
            assert.ok(isSecret(one(all, "karmada-provider").inputs["kubeconfig"]));
            assert.ok(await pulumi.isSecret(result.kubeconfig));
            const key = pulumi.output(result.clientSigner?.privateKeyPem);
            assert.ok(await pulumi.isSecret(key));
        });
    }

    it("keeps its provider when the address or a credential changes", async () => {
        const identity = async (server: string) => {
            const { all } = await registeredBy(() =>
                existingKarmada("karmada", { kubeconfig: sampleKubeconfig(server) }),
            );
            return one(all, "karmada-provider").inputs["clusterIdentifier"];
        };
        assert.equal(await identity("https://before:32443"), "karmada");
        assert.equal(await identity("https://after:32443"), "karmada");
    });

    it("waits for a kubeconfig that is not known yet", async () => {
        const later = () => existingKarmada("karmada", { kubeconfig: pulumi.output(soon()) });
        const { result } = await registeredBy(later);
        assert.equal(await valueOf(result.endpoint), "https://later:32443");
        assert.ok(await pulumi.isSecret(result.kubeconfig));
    });

    it("names every problem before anything is made", async () => {
        const args = {
            kubeconfig: "/home/me/.kube/config",
            clientSigner: { certPem: "/etc/ca.crt", privateKeyPem: sampleSigner.certPem },
        };
        await registeredBy(() =>
            assert.throws(() => existingKarmada("karmada", args), {
                message: [
                    'existingKarmada "karmada":',
                    "  - kubeconfig is not YAML of a kubeconfig. Pass the file's text, not its name.",
                    "  - clientSigner.certPem is not a certificate in PEM.",
                    "  - clientSigner.privateKeyPem is no private key in PEM.",
                ].join("\n"),
            }),
        );
    });
});

function connect() {
    return existingKarmada("karmada", {
        kubeconfig: sampleKubeconfig(),
        clientSigner: sampleSigner,
    });
}

async function soon(): Promise<string> {
    return sampleKubeconfig("https://later:32443");
}
