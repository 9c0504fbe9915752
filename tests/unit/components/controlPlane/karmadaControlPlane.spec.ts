import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { KarmadaControlPlane, type KarmadaControlPlaneArgs } from "../../../../components";
import { limitedParts } from "../../../../components/controlPlane/memoryLimits";
import { createAuthority } from "../../../../local/federation/certificates";
import { sampleKubeconfig } from "../../../support/kubeconfigs";
import {
    bothModes,
    isSecret,
    named,
    one,
    type Registered,
    registeredBy,
    valueOf,
} from "../../../support/mocks";

const { certPem, keyPem: privateKeyPem } = createAuthority("any");
const validityEndTime = "2036-01-01T00:00:00Z";

/** What the real providers would add. */
function outputs({ type }: Registered): Record<string, unknown> {
    const common = { certPem, validityEndTime, certRequestPem: "REQUEST" };
    return type.startsWith("tls:") ? { ...common, privateKeyPem, publicKeyPem: "PUBLIC" } : {};
}

interface Limited {
    readonly template: {
        readonly spec: {
            readonly containers: readonly { resources: { limits: { memory: string } } }[];
        };
    };
}

describe("KarmadaControlPlane [KAR-1]", function () {
    // All of it is declared for each.
    this.timeout(60_000);
    const definitions = mkdtempSync(path.join(tmpdir(), "definitions-"));
    before(() => {
        const definition = {
            apiVersion: "apiextensions.k8s.io/v1",
            kind: "CustomResourceDefinition",
            metadata: { name: "one" },
            spec: {},
        };
        writeFileSync(path.join(definitions, "one.yaml"), JSON.stringify(definition));
    });
    after(() => rmSync(definitions, { recursive: true }));

    const create = (rest: Partial<KarmadaControlPlaneArgs> = {}) =>
        new KarmadaControlPlane("cp", {
            kubeconfig: sampleKubeconfig(),
            endpoint: { host: "karmada.example.com", port: 32443 },
            etcd: { storageClassName: "ebs-sc" },
            definitions,
            ...rest,
        });
    const declared = (rest: Partial<KarmadaControlPlaneArgs> = {}, preview = false) =>
        registeredBy(() => create(rest), { preview, outputs });

    const counted = (all: readonly Registered[]) => {
        const counts: Record<string, number> = {};
        for (const { type } of all) counts[type] = (counts[type] ?? 0) + 1;
        return counts;
    };

    for (const { mode, preview } of bothModes) {
        it(`shows every resource in ${mode}`, async () => {
            const { all } = await declared({}, preview);
            assert.deepEqual(counted(all), inventory);
            assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
        });

        it(`keeps kubeconfigs, keys and Secrets' content secret in ${mode}`, async () => {
            const { all, result } = await declared({}, preview);
            for (const { name, inputs } of all.filter(({ type }) => type === provider)) {
                assert.ok(isSecret(inputs.kubeconfig), `${name} has its kubeconfig in clear`);
            }
            for (const { name, inputs } of all.filter(({ type }) => type.endsWith(":Secret"))) {
                assert.ok(isSecret(inputs.stringData), `${name} has its content in clear`);
            }
            for (const { name, inputs } of all.filter(({ type }) => type.endsWith("SignedCert"))) {
                const key = inputs.caPrivateKeyPem ?? inputs.privateKeyPem;
                assert.ok(isSecret(key), `${name} has its key in clear`);
            }
            const { kubeconfig, clientSigner, endpoint } = result.connection;
            assert.equal(await pulumi.isSecret(kubeconfig), true);
            assert.equal(await pulumi.isSecret(pulumi.output(clientSigner!.privateKeyPem)), true);
            assert.equal(await pulumi.isSecret(endpoint), false);
            assert.equal(await pulumi.isSecret(result.ledger), false);
        });
    }

    it("shows the same in a preview before the parent cluster and the endpoint are known", async () => {
        const { all } = await registeredBy(
            () => {
                const later = pulumi.output(Promise.resolve(pulumi.unknown as string));
                return create({ kubeconfig: later, endpoint: { host: later, port: 443 } });
            },
            { preview: true, outputs },
        );
        assert.deepEqual(counted(all), inventory);
    });

    it("puts etcd and the parts into the parent, and what is in Karmada into Karmada", async () => {
        const { all } = await declared();
        const providers = new Map(all.map(({ name, provider: used }) => [name, used]));
        assert.equal(providers.get("cp-etcd"), "cp-parent");
        assert.equal(providers.get("cp-karmada-apiserver"), "cp-parent");
        assert.equal(providers.get("cp-customresourcedefinition-one"), "cp-bootstrap");
    });

    it("hands on the endpoint, the authority's hash, the versions and every certificate", async () => {
        const { result } = await declared({ versions: { kubernetes: "1.34.1" } });
        const endpoint = await valueOf(result.connection.endpoint);
        assert.equal(endpoint, "https://karmada.example.com:32443");
        assert.match((await valueOf(result.caHash)) ?? "", /^sha256:[0-9a-f]{64}$/);
        assert.equal((await valueOf(result.versions))?.kubernetes, "1.34.1");
        const ledger = (await valueOf(result.ledger)) ?? [];
        const server = ledger.find(({ name }) => name === "apiserver");
        assert.ok(server?.names.includes("karmada.example.com"));
        assert.ok(server?.names.includes("10.96.0.1"));
        assert.equal(ledger.length, inventory[leaf]! + inventory[authority]!);
    });

    it("gives pods the memory that it is told to, and the rest what they have by default", async () => {
        const told = limitedParts.filter((part) => part !== "webhook");
        const memoryLimits = Object.fromEntries(told.map((part, at) => [part, `${at + 11}Gi`]));
        const optional = {
            search: true,
            metricsAdapter: true,
            descheduler: true,
            estimators: true,
        };
        const { all } = await declared({ optional, memoryLimits });
        const specs = all.flatMap(({ inputs }) => (inputs["spec"] ?? []) as Partial<Limited>);
        const containers = specs.flatMap(({ template }) => template?.spec.containers ?? []);
        const limits = containers.map(({ resources }) => resources.limits.memory);
        assert.deepEqual(limits.sort(), [...Object.values(memoryLimits), "1Gi"].sort());
    });

    it("refuses to go while members are joined, unless it was told otherwise", async () => {
        const refusing = async (rest: Partial<KarmadaControlPlaneArgs>) =>
            (await declared(rest)).all.filter(({ type }) => /ValidatingAdmissionPolicy/.test(type));
        assert.equal((await refusing({})).length, 2);
        assert.equal((await refusing({ destroyWithMembers: true })).length, 0);
    });

    it("keeps its snapshots and alerts, too, while it may not go", async () => {
        const { all } = await declared({
            backup: { bucket: "karmada-snapshots" },
            monitoring: { namespace: "monitoring" },
        });
        const lookingAfter = all.filter(({ type }) =>
            /CronJob|PodMonitor|PrometheusRule/.test(type),
        );
        assert.equal(lookingAfter.length, 9);
        const { dependsOn } = one(all, "cp-configmap-karmada-members-first");
        for (const { name } of lookingAfter) {
            assert.ok(dependsOn.includes(name), `${name} would go before the members have`);
        }
    });

    it("stands still while a snapshot is brought back, and is otherwise the same [KAR-5]", async () => {
        const backup = { bucket: "karmada-snapshots" };
        const running = await declared({ backup });
        const stopped = await declared({
            backup: { ...backup, restoreFrom: "etcd-snapshot-1.db" },
        });
        const replicas = ({ all }: typeof running) =>
            all.flatMap(({ inputs }) => (inputs["spec"] as { replicas?: number })?.replicas ?? []);
        assert.deepEqual(new Set(replicas(running)), new Set([3, 2]));
        assert.deepEqual(new Set(replicas(stopped)), new Set([0]));
        const lasting = ({ all }: typeof running) =>
            all
                .filter(({ type, name }) => type !== job && !/^cp-etcd-restore-\w+$/.test(name))
                .map(({ name }) => name)
                .sort();
        assert.deepEqual(lasting(stopped), lasting(running));
    });

    it("takes an image from elsewhere in place of the published one", async () => {
        const { all } = await declared({ images: { scheduler: "registry.example/scheduler:1" } });
        const rendered = JSON.stringify(one(all, "cp-karmada-scheduler").inputs);
        assert.match(rendered, /"registry\.example\/scheduler:1"/);
    });

    it("changes no renewable certificate's names but by a new generation", async () => {
        const names = async (generation: number) =>
            named((await declared({ pki: { generation } })).all, leaf);
        const [before, again, after] = [await names(1), await names(1), await names(2)];
        assert.deepEqual(again, before);
        assert.ok(before.every((name) => !after.includes(name)));
    });

    it("adds the optional parts with their APIs, certificates and connections", async () => {
        const optional = {
            search: true,
            metricsAdapter: true,
            descheduler: true,
            estimators: true,
        };
        const before = counted((await declared()).all);
        const { all } = await declared({ optional });
        const after = counted(all);
        const added = Object.fromEntries(
            Object.entries(after)
                .map(([type, count]) => [type, count - (before[type] ?? 0)] as const)
                .filter(([, count]) => count > 0),
        );
        assert.deepEqual(added, {
            [leaf]: 6,
            "tls:index/certRequest:CertRequest": 6,
            "tls:index/privateKey:PrivateKey": 6,
            "kubernetes:apps/v1:Deployment": 3,
            "kubernetes:core/v1:Secret": 6,
            "kubernetes:core/v1:Service": 2,
            "kubernetes:networking.k8s.io/v1:NetworkPolicy": 4,
            "kubernetes:policy/v1:PodDisruptionBudget": 3,
            "kubernetes:apiregistration.k8s.io/v1:APIService": 4,
            "kubernetes:v1:Service": 2,
        });
        const api = one(all, "cp-apiservice-v1beta1.metrics.k8s.io");
        assert.equal(api.provider, "cp-bootstrap");
    });

    it("refuses what one loss could stop when it is to be strict, and otherwise warns", async () => {
        const weak = {
            etcd: { storageClassName: "ebs-sc", members: 1 },
            servers: 1,
            controllers: 1,
        };
        await assert.doesNotReject(declared(weak));
        const refused = declared({ ...weak, strict: true });
        await assert.rejects(
            refused,
            /etcd\.members is 1; .*\n.*servers is 1; .*\n.*controllers is 1/,
        );
        await assert.doesNotReject(declared({ strict: true }));
    });

    it("refuses an address that nobody can be called by, once it is known", async () => {
        const host = pulumi.output(Promise.resolve("https://karmada.example.com"));
        const refused = declared({ endpoint: { host, port: 443 } });
        await assert.rejects(
            refused,
            /endpoint\.host is "https:\/\/karmada\.example\.com"; use a DNS/,
        );
    });

    it("refuses a version whose kinds are not those of the package, unless they are named [KAR-5]", async () => {
        const earlier = { versions: { karmada: "1.17.1" } };
        await assert.doesNotReject(declared(earlier));
        await assert.rejects(
            declared({ ...earlier, definitions: undefined }),
            /versions\.karmada is "1\.17\.1", but the CustomResourceDefinitions of this package are those of 1\.18/,
        );
    });

    it("refuses everything that is wrong at once, before its first resource [ERR-1]", async () => {
        let error: unknown;
        const { all } = await registeredBy(
            () => {
                try {
                    create({
                        kubeconfig: "",
                        endpoint: { host: "*.example.com", port: 0 },
                        etcd: { storageClassName: "", members: 2 },
                        backup: { bucket: "s3://snapshots" },
                        pki: { generation: 0 },
                        definitions: path.join(definitions, "missing"),
                    });
                } catch (thrown) {
                    error = thrown;
                }
            },
            { outputs },
        );
        assert.ok(error instanceof pulumi.ResourceError);
        const said = [...error.message.matchAll(/^ {2}- (\S+)/gm)].map((match) => match[1]);
        assert.deepEqual(said, [
            "kubeconfig",
            "endpoint.host",
            "endpoint.port",
            "etcd.members",
            "etcd.storageClassName",
            "backup.bucket",
            "pki.generation",
            "definitions",
        ]);
        assert.deepEqual(
            all.map(({ type }) => type),
            [component],
        );
    });
});

const component = "pulumi-karmada-eks:index:KarmadaControlPlane";
const job = "kubernetes:batch/v1:Job";
const provider = "pulumi:providers:kubernetes";
const leaf = "tls:index/locallySignedCert:LocallySignedCert";
const authority = "tls:index/selfSignedCert:SelfSignedCert";

const inventory: Readonly<Record<string, number>> = {
    [component]: 1,
    // The parent's, and two for Karmada.
    [provider]: 3,
    [leaf]: 15,
    [authority]: 3,
    "tls:index/certRequest:CertRequest": 15,
    // Beside certificates': the service accounts', and the one that encrypts Secrets.
    "tls:index/privateKey:PrivateKey": 20,
    // In the parent.
    "kubernetes:apps/v1:Deployment": 6,
    "kubernetes:apps/v1:StatefulSet": 1,
    "kubernetes:core/v1:ConfigMap": 3,
    "kubernetes:core/v1:Namespace": 1,
    "kubernetes:core/v1:Secret": 16,
    "kubernetes:core/v1:Service": 6,
    "kubernetes:networking.k8s.io/v1:NetworkPolicy": 10,
    "kubernetes:policy/v1:PodDisruptionBudget": 7,
    // Looked up, so that it is not missed when etcd's volumes are to be made.
    "kubernetes:storage.k8s.io/v1:StorageClass": 1,
    // In Karmada.
    "kubernetes:admissionregistration.k8s.io/v1:MutatingWebhookConfiguration": 1,
    "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy": 1,
    "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding": 1,
    "kubernetes:admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration": 1,
    "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition": 1,
    "kubernetes:apiregistration.k8s.io/v1:APIService": 1,
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole": 3,
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding": 1,
    "kubernetes:v1:ConfigMap": 1,
    "kubernetes:v1:Namespace": 2,
    "kubernetes:v1:Service": 1,
};
