import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { KarmadaControlPlane } from "../../../../../components";
import { createAuthority } from "../../../../../local/federation/certificates";
import { sampleKubeconfig } from "../../../../support/kubeconfigs";
import { isSecret, one, type Registered, registeredBy } from "../../../../support/mocks";
import { temporaryFolder } from "../../../../support/temporary";

const { certPem, keyPem: privateKeyPem } = createAuthority("any");
const labels = { release: "prometheus" };

/** What the real providers would add. */
function outputs({ type }: Registered): Record<string, unknown> {
    const validityEndTime = "2036-01-01T00:00:00Z";
    const common = { certPem, validityEndTime, certRequestPem: "REQUEST" };
    return type.startsWith("tls:") ? { ...common, privateKeyPem, publicKeyPem: "PUBLIC" } : {};
}

describe("monitoring of a control plane", () => {
    const definitions = temporaryFolder();
    let all: readonly Registered[];

    before("declare one", async function () {
        this.timeout(120_000);
        const definition = {
            apiVersion: "apiextensions.k8s.io/v1",
            kind: "CustomResourceDefinition",
            metadata: { name: "one" },
            spec: {},
        };
        writeFileSync(path.join(definitions, "one.yaml"), JSON.stringify(definition));
        const create = () =>
            new KarmadaControlPlane("cp", {
                kubeconfig: sampleKubeconfig(),
                endpoint: { host: "karmada.example.com", port: 32443 },
                etcd: { storageClassName: "ebs-sc" },
                backup: { bucket: "karmada-snapshots" },
                optional: { metricsAdapter: true, estimators: true },
                definitions,
                monitoring: { namespace: "monitoring", labels },
            });
        ({ all } = await registeredBy(create, { outputs }));
    });

    const monitorOf = (name: string) => one(all, `cp-monitor-${name}`).inputs as unknown as Monitor;

    it("reads every part and etcd, by the name of its port", () => {
        const deployments = all.filter(({ type }) => type.endsWith(":Deployment"));
        const monitors = all.filter(({ type }) => type.endsWith(":PodMonitor"));
        const names = monitors.map(({ inputs }) => (inputs as unknown as Monitor).metadata.name);
        const parts = deployments.map(({ name }) => name.replace(/^cp-/, ""));
        assert.deepEqual(names.sort(), ["etcd", "karmada-scheduler-estimator", ...parts].sort());
        for (const name of names) {
            const { metadata, spec } = monitorOf(name);
            assert.deepEqual(metadata.labels, labels);
            // The rules select by it.
            assert.equal(spec.jobLabel, "app.kubernetes.io/name");
            assert.match(spec.podMetricsEndpoints[0]?.port ?? "", /^(metrics|https)$/);
        }
    });

    it("proves who it is to API servers, by a certificate that is good for metrics alone", () => {
        const [endpoint] = monitorOf("karmada-apiserver").spec.podMetricsEndpoints;
        const name = "karmada-monitoring-client-cert";
        assert.deepEqual(endpoint?.tlsConfig, {
            serverName: "karmada-apiserver.karmada-system.svc",
            ca: { secret: { name, key: "ca.crt" } },
            cert: { secret: { name, key: "tls.crt" } },
            keySecret: { name, key: "tls.key" },
        });
        assert.ok(isSecret(one(all, `cp-${name}`).inputs.stringData));
        const request = all.find((each) => each.name.startsWith("cp-monitoring-request"));
        assert.deepEqual(request?.inputs.subject, { commonName: "system:karmada:monitoring" });
        const role = one(all, "cp-clusterrole-karmada-metrics-reader").inputs;
        assert.deepEqual(role.rules, [{ nonResourceURLs: ["/metrics"], verbs: ["get"] }]);
    });

    it("finds out before anything is made whether the parent knows alert rules", () => {
        const read = all.filter((each) => each.read).map(({ name }) => name);
        assert.deepEqual(read.sort(), ["cp.etcd.storageClassName", "cp.monitoring"]);
    });

    it("alerts of etcd, Karmada, certificates and the backup", () => {
        const { spec, metadata } = one(all, "cp-alerts").inputs as unknown as Rules;
        assert.deepEqual(metadata.labels, labels);
        assert.deepEqual(
            spec.groups.map(({ name }) => name),
            ["karmada-etcd", "karmada", "karmada-certificates", "karmada-backup"],
        );
    });
});

interface Monitor {
    readonly metadata: { readonly name: string; readonly labels: object };
    readonly spec: {
        readonly jobLabel: string;
        readonly podMetricsEndpoints: readonly {
            readonly port: string;
            readonly tlsConfig?: object;
        }[];
    };
}

interface Rules {
    readonly metadata: { readonly labels: object };
    readonly spec: { readonly groups: readonly { readonly name: string }[] };
}
