import assert from "node:assert/strict";
import { mountRoot, type Part } from "../../../../components/controlPlane/part";
import { partsOf } from "../../../../components/controlPlane/parts/partsOf";
import { renderDeployment, renderService } from "../../../../components/controlPlane/renderPart";

const etcdServers = ["https://etcd-0:2379", "https://etcd-1:2379", "https://etcd-2:2379"];
const facts = { etcdServers, servers: 3, controllers: 2, optional: {}, monitored: false };
const everyPart = { search: true, metricsAdapter: true, descheduler: true, estimators: true };
const parts = partsOf({ ...facts, optional: everyPart, monitored: true });

const rendered = (part: Part) =>
    renderDeployment(part, { image: "image", checksum: "" }) as unknown as Rendered;

describe("the parts of the control plane [KAR-1]", () => {
    it("offer TLS 1.2 in the API server alone, and there only with authenticated encryption", () => {
        const { "tls-min-version": version, "tls-cipher-suites": suites } = parts.apiServer.flags;
        assert.equal(version, "VersionTLS12");
        for (const suite of String(suites).split(",")) {
            assert.match(suite, /^TLS_ECDHE_(RSA|ECDSA)_WITH_(AES_\d+_GCM|CHACHA20_POLY1305)_SHA/);
        }
        const { aggregatedApiServer, kubeControllerManager, search, metricsAdapter } = parts;
        for (const part of [aggregatedApiServer, kubeControllerManager, search, metricsAdapter]) {
            assert.equal(part?.flags["tls-min-version"], "VersionTLS13");
        }
        assert.equal(parts.webhook.flags["tls-min-version"], "1.3");
    });

    it("name every member of etcd, so that each may be lost", () => {
        for (const part of [parts.apiServer, parts.aggregatedApiServer, parts.search]) {
            assert.equal(part?.flags["etcd-servers"], etcdServers.join());
        }
    });

    it("are only those that are asked for", () => {
        const names = (optional: typeof facts.optional) =>
            Object.values(partsOf({ ...facts, optional })).map(({ name }) => name);
        const always = names({});
        assert.equal(always.length, 6);
        assert.deepEqual(
            names(everyPart).filter((name) => !always.includes(name)),
            ["karmada-search", "karmada-metrics-adapter", "karmada-descheduler"],
        );
    });

    it("ask estimators by the certificate that Karmada's API knows, if there are any", () => {
        const { scheduler, descheduler } = parts;
        assert.equal(scheduler.flags["enable-scheduler-estimator"], true);
        for (const part of [scheduler, descheduler!]) {
            const file = part.flags["scheduler-estimator-cert-file"];
            assert.equal(file, "/etc/karmada/config/tls.crt");
            // It is read when they call for the first time, and then not again.
            assert.ok(part.readAtStart);
        }
        const without = partsOf(facts).scheduler.flags;
        assert.equal("enable-scheduler-estimator" in without, false);
    });

    it("goes on serving until nobody sends it new calls any more [KAR-4]", () => {
        const { apiServer, kubeControllerManager, controllerManager, scheduler } = parts;
        const called = Object.values(parts).filter(({ service }) => service !== undefined);
        for (const part of called.filter((each) => each !== apiServer)) {
            const { lifecycle } = rendered(part).spec.template.spec.containers[0]!;
            assert.deepEqual(lifecycle, { preStop: { sleep: { seconds: 5 } } });
            assert.ok(part.gracePeriodSeconds > 5);
        }
        // Itself, so that load balancers which ask for /readyz notice; but its node must not.
        assert.equal(apiServer.flags["shutdown-delay-duration"], "30s");
        assert.equal(apiServer.readinessProbe.path, "/readyz?exclude=shutdown");
        assert.ok(apiServer.gracePeriodSeconds > 30);
        // Nobody calls these, and the sooner they end the sooner another one leads.
        for (const part of [kubeControllerManager, controllerManager, scheduler]) {
            assert.equal(part.lingerSeconds, undefined);
        }
    });

    for (const part of Object.values(parts)) {
        describe(part.name, () => {
            const { spec } = rendered(part);
            const pod = spec.template.spec;
            const [container] = pod.containers;

            it("reads no file but those mounted", () => {
                const folders = container!.volumeMounts.map(({ mountPath }) => mountPath);
                const files = container!.args.flatMap((arg) => arg.match(/=(\/[^,]*)/)?.[1] ?? []);
                for (const file of files) {
                    assert.ok(
                        folders.some((each) => file === each || file.startsWith(`${each}/`)),
                        `${file} is in none of ${folders.join()}`,
                    );
                }
                assert.ok(folders.every((folder) => folder.startsWith(mountRoot)));
            });

            it("asks for nothing that restricted pods may not have", () => {
                assert.equal(pod.automountServiceAccountToken, false);
                assert.equal(pod.securityContext.runAsNonRoot, true);
                assert.deepEqual(pod.securityContext.seccompProfile, { type: "RuntimeDefault" });
                assert.deepEqual(container!.securityContext, {
                    allowPrivilegeEscalation: false,
                    readOnlyRootFilesystem: true,
                    capabilities: { drop: ["ALL"] },
                });
                for (const port of Object.values(part.ports)) assert.ok(port >= 1024);
            });

            it("can be rolled with as many replicas as nodes [KAR-4]", () => {
                assert.deepEqual(spec.strategy, {
                    type: "RollingUpdate",
                    rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
                });
                assert.ok(spec.replicas >= 2);
            });

            it("goes before other workloads of the parent, and says what it needs", () => {
                assert.equal(pod.priorityClassName, "system-cluster-critical");
                assert.deepEqual(Object.keys(container!.resources), ["requests", "limits"]);
            });

            it("names its ports, those of its metrics and of its Service among them", () => {
                assert.ok(part.metrics.port in part.ports);
                if (part.service === undefined) return;
                const service = renderService(part, part.service) as unknown as {
                    spec: { ports: { targetPort: string }[] };
                };
                assert.ok(service.spec.ports.every(({ targetPort }) => targetPort in part.ports));
            });
        });
    }
});

interface Rendered {
    readonly spec: {
        readonly template: { readonly spec: PodSpec };
        readonly strategy: unknown;
        readonly replicas: number;
    };
}

interface PodSpec {
    readonly automountServiceAccountToken: boolean;
    readonly priorityClassName: string;
    readonly securityContext: Readonly<Record<string, unknown>>;
    readonly containers: readonly {
        readonly args: readonly string[];
        readonly lifecycle?: object;
        readonly resources: object;
        readonly volumeMounts: readonly { readonly mountPath: string }[];
        readonly securityContext: object;
    }[];
}
