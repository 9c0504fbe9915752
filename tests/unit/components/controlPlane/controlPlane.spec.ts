import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { declareNamespace } from "../../../../components/controlPlane/namespace";
import { declareControlPlane } from "../../../../components/controlPlane/controlPlane";
import { checkDefinitions } from "../../../../components/controlPlane/definitions";
import { createAuthority } from "../../../../local/federation/certificates";
import { images, versions } from "../../../../components/versions";
import {
    bothModes,
    isSecret,
    named,
    one,
    registeredBy,
    type Registered,
} from "../../../support/mocks";

const secretKey = (name: string) => pulumi.secret(`key of ${name}`);
const text = (name: string) => pulumi.output(`public ${name}`);

const certificates = {
    leaf: (name: string) => ({ certPem: text(name), keyPem: secretKey(name) }),
    bundle: (authority: string) => text(authority),
    signer: (authority: string) => ({
        certPem: pulumi.output(createAuthority(authority).certPem),
        privateKeyPem: secretKey(authority),
    }),
    serviceAccount: { privatePem: secretKey("accounts"), publicPem: text("accounts") },
};

describe("a control plane", () => {
    const definitions = mkdtempSync(path.join(tmpdir(), "definitions-"));
    const kind = "resourcebindings.work.karmada.io";

    before(() => {
        const definition = {
            apiVersion: "apiextensions.k8s.io/v1",
            kind: "CustomResourceDefinition",
            metadata: { name: kind },
            spec: { group: "work.karmada.io" },
        };
        writeFileSync(path.join(definitions, "one.yaml"), JSON.stringify(definition));
    });
    after(() => rmSync(definitions, { recursive: true }));

    const declared = (preview: boolean) =>
        registeredBy(
            () => {
                const namespace = declareNamespace(
                    "cp",
                    {
                        versions,
                        pki: {},
                        encryptionGenerations: [1],
                        issuers: false,
                        retainVolumes: true,
                    },
                    {},
                );
                declareControlPlane(
                    "cp",
                    {
                        certificates,
                        store: { ready: [], serverUrls: ["https://etcd-0:2379"] },
                        images,
                        servers: 3,
                        controllers: 2,
                        memoryLimits: {},
                        issuers: [],
                        encryptionGenerations: [2, 1],
                        endpoint: { host: pulumi.output("karmada.example.com"), port: 32443 },
                        definitions,
                        destroyWithMembers: false,
                        optional: {},
                        monitored: false,
                        lookAfter: () => [],
                    },
                    { dependsOn: namespace },
                );
            },
            { preview, outputs },
        );

    for (const { mode, preview } of bothModes) {
        it(`shows every Deployment with a budget of its own in ${mode}`, async () => {
            const { all } = await declared(preview);
            const deployments = named(all, "kubernetes:apps/v1:Deployment");
            const budgets = named(all, "kubernetes:policy/v1:PodDisruptionBudget");
            assert.equal(deployments.length, 6);
            assert.deepEqual(
                budgets,
                deployments.map((name) => `${name}-budget`),
            );
        });

        it(`hands no Secret to a provider in clear in ${mode}`, async () => {
            const { all } = await declared(preview);
            const secrets = all.filter(({ type }) => type === "kubernetes:core/v1:Secret");
            assert.equal(secrets.length, 14);
            for (const { name, inputs } of secrets) {
                assert.ok(isSecret(inputs.stringData), `${name} is no secret`);
            }
        });
    }

    it("has every Secret that a part mounts", async () => {
        const { all } = await declared(false);
        const made = all
            .filter(({ type }) => type === "kubernetes:core/v1:Secret")
            .map(({ inputs }) => (inputs.metadata as { name: string }).name);
        const mounted = all
            .filter(({ type }) => type === "kubernetes:apps/v1:Deployment")
            .flatMap(({ inputs }) => [
                ...JSON.stringify(inputs).matchAll(/"secretName":"([^"]+)"/g),
            ])
            .map((match) => match[1]!);
        assert.deepEqual([...new Set(mounted)].sort(), made.sort());
    });

    it("leads load balancers to API servers of the same node only [LB-1]", async () => {
        const { all } = await declared(false);
        const { spec } = one(all, "cp-karmada-service-loadbalancer").inputs as { spec: object };
        assert.deepEqual(spec, {
            type: "NodePort",
            externalTrafficPolicy: "Local",
            selector: { app: "karmada-apiserver" },
            ports: [{ name: "https", port: 32443, targetPort: 5443, nodePort: 32443 }],
        });
    });

    it("has Services with their pods' own ports, as network policies on EKS want it", async () => {
        const { all } = await declared(false);
        const services = all.filter(({ name }) => /^cp-karmada-.*-service$/.test(name));
        assert.deepEqual(
            services.map(({ inputs }) => (inputs.spec as { ports: object }).ports),
            [5443, 8443, 6443].map((port) => [{ name: "https", port, targetPort: "https" }]),
        );
    });

    it("admits restricted pods only", async () => {
        const { all } = await declared(false);
        const { metadata } = one(all, "cp-namespace").inputs as {
            metadata: { labels: Record<string, string> };
        };
        assert.equal(metadata.labels["pod-security.kubernetes.io/enforce"], "restricted");
    });

    it("fills Karmada's API through the endpoint, and converts by the webhook", async () => {
        const { all } = await declared(false);
        const definition = one(all, `cp-customresourcedefinition-${kind}`);
        assert.equal(definition.provider, "cp-bootstrap");
        assert.match(
            JSON.stringify(definition.inputs),
            /karmada-webhook\.karmada-system\.svc:8443/,
        );
        const api = one(all, "cp-apiservice-v1alpha1.cluster.karmada.io");
        assert.match(JSON.stringify(api.inputs), /condition=Available/);
    });

    it("says which command brings the definitions when they are missing", () => {
        const [problem] = checkDefinitions("definitions", path.join(definitions, "missing"));
        assert.match(problem?.message ?? "", /name a folder/);
    });
});

function outputs({ type, name }: Registered): Record<string, unknown> {
    return type === "tls:index/privateKey:PrivateKey" ? { privateKeyPem: `seed ${name}` } : {};
}
