import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
    existingKarmada,
    SchedulerEstimator,
    type SchedulerEstimatorArgs,
} from "../../../../../components";
import { estimatorApp } from "../../../../../components/controlPlane/networkPolicies";
import { createAuthority } from "../../../../../local/federation/certificates";
import { sampleKubeconfig } from "../../../../support/kubeconfigs";
import { bothModes, isSecret, one, type Registered, registeredBy } from "../../../../support/mocks";

const { certPem, keyPem: privateKeyPem } = createAuthority("karmada");
const token = Buffer.from("member's token").toString("base64");

/** What the real providers would add. */
function outputs({ type, name }: Registered): Record<string, unknown> {
    if (type.startsWith("tls:")) return { certPem, certRequestPem: "REQUEST", privateKeyPem };
    return name === "member1-member-token" ? { data: { token, "ca.crt": token } } : {};
}

describe("SchedulerEstimator", () => {
    const create = (rest: Partial<SchedulerEstimatorArgs> = {}, signer = true) =>
        new SchedulerEstimator("member1", {
            karmada: existingKarmada("karmada", {
                kubeconfig: sampleKubeconfig(),
                clientSigner: signer ? { certPem, privateKeyPem } : undefined,
            }),
            parentKubeconfig: sampleKubeconfig(),
            memberKubeconfig: sampleKubeconfig(),
            ...rest,
        });
    const declared = async (preview = false) =>
        (await registeredBy(() => create(), { preview, outputs })).all;

    for (const { mode, preview } of bothModes) {
        it(`hands no Secret to a provider in clear in ${mode}`, async () => {
            const secrets = (await declared(preview)).filter(({ type, name }) => {
                return type.endsWith(":Secret") && name !== "member1-member-token";
            });
            assert.equal(secrets.length, 2);
            for (const { name, inputs } of secrets) {
                assert.ok(isSecret(inputs.stringData), `${name} is no secret`);
            }
        });
    }

    it("may read in its member what it counts, and change nothing", async () => {
        const role = one(await declared(), "member1-member-role");
        assert.equal(role.provider, "member1-member");
        const rules = role.inputs.rules as { verbs: string[] }[];
        assert.deepEqual(
            [...new Set(rules.flatMap(({ verbs }) => verbs))],
            ["get", "list", "watch"],
        );
    });

    it("runs in the parent, under the name and the labels by which the others look for it", async () => {
        const all = await declared();
        const name = "karmada-scheduler-estimator-member1";
        const deployment = one(all, `member1-${name}`);
        assert.equal(deployment.provider, "member1-parent");
        const { metadata, spec } = deployment.inputs as unknown as Deployment;
        assert.equal(metadata.name, name);
        assert.deepEqual(spec.selector.matchLabels, { app: estimatorApp, cluster: "member1" });
        const service = one(all, `member1-${name}-service`).inputs as unknown as Service;
        assert.equal(service.metadata.name, name);
        assert.equal(service.spec.ports[0]?.port, 10352);
    });

    it("shows a certificate of Karmada's authority, for the address that the scheduler calls", async () => {
        const all = await declared();
        const request = all.find(({ name }) => name.startsWith("member1-server-request"));
        assert.deepEqual(request?.inputs.dnsNames, [
            "karmada-scheduler-estimator-member1.karmada-system.svc",
            "karmada-scheduler-estimator-member1.karmada-system.svc.cluster.local",
        ]);
        const certificate = all.find(({ name }) => name.startsWith("member1-server-certificate"));
        assert.equal(certificate?.inputs.caCertPem, certPem);
        assert.deepEqual(certificate.inputs.allowedUses, ["digital_signature", "server_auth"]);
    });

    it("enters the member by files that can be replaced under it", async () => {
        const secret = one(await declared(), "member1-karmada-scheduler-estimator-member1-member");
        const { value } = secret.inputs.stringData as { value: Record<string, string> };
        assert.equal(value.token, "member's token");
        const [user] = (JSON.parse(value.kubeconfig!) as { users: { user: object }[] }).users;
        assert.deepEqual(user?.user, { tokenFile: "token" });
    });

    it("refuses what it could not work with, all at once [ERR-1]", async () => {
        const long = "a-member-of-which-the-name-is-very-long";
        const refused = registeredBy(
            () => create({ clusterName: long, replicas: 0, memberKubeconfig: "" }, false),
            { outputs },
        );
        await assert.rejects(refused, (error) => {
            assert.ok(error instanceof pulumi.ResourceError);
            const said = [...error.message.matchAll(/^ {2}- (\S+)/gm)].map((match) => match[1]);
            assert.deepEqual(said, ["clusterName", "memberKubeconfig", "replicas", "karmada"]);
            return true;
        });
    });
});

interface Deployment {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly selector: { readonly matchLabels: object } };
}

interface Service {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly ports: readonly { readonly port: number }[] };
}
