import assert from "node:assert/strict";
import { arrows, networkPolicies } from "../../../../components/controlPlane/networkPolicies";
import { mountRoot } from "../../../../components/controlPlane/part";
import { partsOf } from "../../../../components/controlPlane/parts";
import { renderDeployment } from "../../../../components/controlPlane/renderPart";

const etcdServers = ["https://etcd-0:2379", "https://etcd-1:2379", "https://etcd-2:2379"];
const parts = partsOf({ etcdServers, servers: 3, controllers: 2 });

describe("the parts of the control plane [KAR-1]", () => {
    it("offer TLS 1.2 in the API server alone, and there only with authenticated encryption", () => {
        const { "tls-min-version": version, "tls-cipher-suites": suites } = parts.apiServer.flags;
        assert.equal(version, "VersionTLS12");
        for (const suite of String(suites).split(",")) {
            assert.match(suite, /^TLS_ECDHE_(RSA|ECDSA)_WITH_(AES_\d+_GCM|CHACHA20_POLY1305)_SHA/);
        }
        for (const part of [parts.aggregatedApiServer, parts.kubeControllerManager]) {
            assert.equal(part.flags["tls-min-version"], "VersionTLS13");
        }
        assert.equal(parts.webhook.flags["tls-min-version"], "1.3");
    });

    it("name every member of etcd, so that each may be lost", () => {
        assert.equal(parts.apiServer.flags["etcd-servers"], etcdServers.join());
        assert.equal(parts.aggregatedApiServer.flags["etcd-servers"], etcdServers.join());
    });

    for (const part of Object.values(parts)) {
        describe(part.name, () => {
            const { spec } = renderDeployment(part, {
                image: "image",
                checksum: "",
            }) as unknown as {
                spec: { template: { spec: PodSpec }; strategy: unknown; replicas: number };
            };
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
        });
    }
});

interface PodSpec {
    readonly automountServiceAccountToken: boolean;
    readonly securityContext: Readonly<Record<string, unknown>>;
    readonly containers: readonly {
        readonly args: readonly string[];
        readonly volumeMounts: readonly { readonly mountPath: string }[];
        readonly securityContext: object;
    }[];
}

describe("the network policies of the control plane", () => {
    it("deny what no arrow allows", () => {
        const [deny] = networkPolicies(false);
        assert.deepEqual(deny?.spec, { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    });

    it("let nobody near etcd but the API servers, the backup and etcd", () => {
        const clients = arrows.filter(({ to }) => to === "etcd").map(({ from }) => from);
        assert.deepEqual(clients.sort(), [
            "etcd",
            "karmada-aggregated-apiserver",
            "karmada-apiserver",
            "karmada-etcd-backup",
        ]);
    });

    it("let the API server out to the internet only for issuers' keys", () => {
        const egress = (issuers: boolean) => {
            const all = networkPolicies(issuers);
            const spec = all.find(({ metadata }) => metadata.name === "karmada-apiserver")?.spec;
            return JSON.stringify((spec as { egress: unknown }).egress);
        };
        assert.equal(egress(true), "[{}]");
        assert.notEqual(egress(false), "[{}]");
    });
});
