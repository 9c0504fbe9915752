import assert from "node:assert/strict";
import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { createEtcd, type EtcdArgs } from "../../../../../components/controlPlane/etcd/etcd";
import type { Pki } from "../../../../../components/controlPlane/pki/pki";
import { bothModes, isSecret, one, type Registered, registeredBy } from "../../../../support/mocks";

type Spec = k8s.types.input.apps.v1.StatefulSetSpec;
type Pod = k8s.types.input.core.v1.PodSpec;
/** As a provider receives it: everything known. */
type Plain = Record<string, never>;

/** Certificates that are told apart by the generation of their authority. */
function pkiOf(authority: number): Pki {
    const pem = pulumi.output(`certificate ${authority}`);
    const keyPem = pulumi.secret("key");
    return {
        leaf: () => ({ certPem: pem, keyPem }),
        bundle: () => pem,
        signer: () => ({ certPem: pem, privateKeyPem: keyPem }),
        serviceAccount: { privatePem: keyPem, publicPem: pem },
        ledger: pulumi.output([]),
    };
}

function declared(more: Partial<EtcdArgs> = {}, authority = 1, preview = false) {
    const args = {
        namespace: "karmada-system",
        members: 3,
        storageClassName: "ebs-sc",
        storageSize: "10Gi",
        quota: "2Gi",
        image: "registry.k8s.io/etcd:3.6.6-0",
        priorityClassName: "system-cluster-critical",
        ...more,
    };
    return registeredBy(() => createEtcd("cp", { ...args, pki: pkiOf(authority) }, {}), {
        preview,
    });
}

const ofEtcd = (all: readonly Registered[]) => all.map(({ name }) => name);
const specOf = (all: readonly Registered[], name: string) =>
    one(all, name).inputs["spec"] as Spec & Plain;
const podOf = (all: readonly Registered[]) =>
    (specOf(all, "cp-etcd") as unknown as { template: { spec: Pod & Plain } }).template.spec;
const containerOf = (all: readonly Registered[]) =>
    (podOf(all) as unknown as { containers: Plain[] }).containers[0]! as Record<string, unknown>;

describe("createEtcd [KAR-1]", () => {
    for (const { mode, preview } of bothModes) {
        it(`declares exactly these objects (${mode})`, async () => {
            const { all } = await declared({}, 1, preview);
            assert.deepEqual(ofEtcd(all).sort(), [
                "cp-etcd",
                "cp-etcd-bootstrapped",
                "cp-etcd-budget",
                "cp-etcd-client-service",
                "cp-etcd-peer-cert",
                "cp-etcd-server-cert",
                "cp-etcd-service",
            ]);
        });

        it(`keeps its keys secret (${mode})`, async () => {
            const { all } = await declared({}, 1, preview);
            assert.ok(isSecret(one(all, "cp-etcd-server-cert").inputs["stringData"]));
            assert.ok(isSecret(one(all, "cp-etcd-peer-cert").inputs["stringData"]));
        });
    }

    it("forms from nothing: all members start at once and find each other before they are ready", async () => {
        const { all } = await declared();
        assert.equal(specOf(all, "cp-etcd").podManagementPolicy, "Parallel");
        const service = specOf(all, "cp-etcd-service") as Record<string, unknown>;
        assert.equal(service["publishNotReadyAddresses"], true);
        assert.equal(service["clusterIP"], "None");
        assert.deepEqual(service["selector"], { app: "etcd" });
    });

    it("runs each member with exactly these flags", async () => {
        const { all } = await declared();
        const own = "$(POD_NAME).etcd.karmada-system.svc";
        const peer = (member: number) =>
            `etcd-${member}=https://etcd-${member}.etcd.karmada-system.svc:2380`;
        assert.deepEqual(containerOf(all)["args"], [
            "--name=$(POD_NAME)",
            "--data-dir=/var/lib/etcd/data",
            "--listen-client-urls=https://0.0.0.0:2379",
            `--advertise-client-urls=https://${own}:2379`,
            "--listen-peer-urls=https://0.0.0.0:2380",
            `--initial-advertise-peer-urls=https://${own}:2380`,
            "--listen-metrics-urls=http://0.0.0.0:2381",
            `--initial-cluster=${peer(0)},${peer(1)},${peer(2)}`,
            "--initial-cluster-token=karmada-etcd",
            "--cert-file=/etc/etcd/server/tls.crt",
            "--key-file=/etc/etcd/server/tls.key",
            "--trusted-ca-file=/etc/etcd/server/ca.crt",
            "--client-cert-auth=true",
            "--peer-cert-file=/etc/etcd/peer/tls.crt",
            "--peer-key-file=/etc/etcd/peer/tls.key",
            "--peer-trusted-ca-file=/etc/etcd/peer/ca.crt",
            "--peer-client-cert-auth=true",
            "--peer-cert-allowed-cn=etcd-peer",
            "--tls-min-version=TLS1.3",
            "--enable-grpc-gateway=false",
            "--quota-backend-bytes=2147483648",
            "--auto-compaction-mode=periodic",
            "--auto-compaction-retention=1h",
        ]);
    });

    it("tells members that start anew to join, once there is something to join", async () => {
        const { all } = await declared();
        const env = containerOf(all)["env"] as Record<string, unknown>[];
        assert.deepEqual(env[1], {
            name: "ETCD_INITIAL_CLUSTER_STATE",
            valueFrom: {
                configMapKeyRef: { name: "etcd-initial-cluster", key: "state", optional: true },
            },
        });
        const { inputs } = one(all, "cp-etcd-bootstrapped");
        assert.deepEqual(inputs["data"], { state: "existing" });
        assert.equal((inputs["metadata"] as Plain)["name"], "etcd-initial-cluster");
        const order = ofEtcd(all);
        assert.ok(order.indexOf("cp-etcd") < order.indexOf("cp-etcd-bootstrapped"));
    });

    it("lets one member go at a time, by drains and by updates", async () => {
        const { all } = await declared();
        assert.deepEqual(specOf(all, "cp-etcd-budget"), {
            maxUnavailable: 1,
            selector: { matchLabels: { app: "etcd" } },
        });
        const { minReadySeconds, updateStrategy } = specOf(all, "cp-etcd");
        assert.equal(minReadySeconds, 10);
        assert.deepEqual(updateStrategy, { type: "RollingUpdate" });
    });

    it("puts a single member wherever there is a node, in a zone or not", async () => {
        const pod = podOf((await declared({ members: 1 })).all) as unknown as Plain;
        assert.deepEqual(pod["topologySpreadConstraints"], []);
    });

    for (const { members, maxSkew } of [
        { members: 3, maxSkew: 1 },
        { members: 5, maxSkew: 2 },
        { members: 7, maxSkew: 3 },
    ]) {
        it(`spreads ${members} over hosts and three zones, ${maxSkew} in each at most [KAR-4]`, async () => {
            const { all } = await declared({ members });
            const pod = podOf(all) as unknown as Record<string, unknown>;
            const labelSelector = { matchLabels: { app: "etcd" } };
            const topologyKey = "topology.kubernetes.io/zone";
            const [required, ...evenly] = pod["topologySpreadConstraints"] as object[];
            const whenUnsatisfiable = "DoNotSchedule";
            assert.deepEqual(required, {
                ...{ maxSkew, topologyKey, labelSelector, whenUnsatisfiable, minDomains: 3 },
            });
            const wish = {
                ...{ maxSkew: 1, topologyKey, labelSelector, whenUnsatisfiable: "ScheduleAnyway" },
            };
            assert.deepEqual(evenly, maxSkew > 1 ? [wish] : []);
            assert.deepEqual(pod["affinity"], {
                podAntiAffinity: {
                    requiredDuringSchedulingIgnoredDuringExecution: [
                        { labelSelector, topologyKey: "kubernetes.io/hostname" },
                    ],
                },
            });
        });
    }

    it("starts where there are too few zones, if that is said", async () => {
        const { all } = await declared({ zoneSpread: "preferred" });
        const pod = podOf(all) as unknown as { topologySpreadConstraints: Plain[] };
        assert.equal(pod.topologySpreadConstraints[0]!["whenUnsatisfiable"], "ScheduleAnyway");
    });

    it("claims a volume of the named class for each member, and keeps it unless told otherwise", async () => {
        const claims = async (retainVolumes?: boolean) =>
            specOf((await declared({ retainVolumes })).all, "cp-etcd");
        const spec = await claims();
        assert.deepEqual(spec.volumeClaimTemplates, [
            {
                metadata: { name: "data" },
                spec: {
                    accessModes: ["ReadWriteOnce"],
                    storageClassName: "ebs-sc",
                    resources: { requests: { storage: "10Gi" } },
                },
            },
        ]);
        assert.deepEqual(spec.persistentVolumeClaimRetentionPolicy, {
            whenDeleted: "Retain",
            whenScaled: "Retain",
        });
        assert.deepEqual((await claims(false)).persistentVolumeClaimRetentionPolicy, {
            whenDeleted: "Delete",
            whenScaled: "Retain",
        });
    });

    it("passes Pod Security restricted, and writes to its volume only", async () => {
        const { all } = await declared();
        const pod = podOf(all) as unknown as Record<string, unknown>;
        assert.equal(pod["automountServiceAccountToken"], false);
        assert.deepEqual(pod["securityContext"], {
            runAsNonRoot: true,
            runAsUser: 65532,
            runAsGroup: 65532,
            fsGroup: 65532,
            fsGroupChangePolicy: "OnRootMismatch",
            seccompProfile: { type: "RuntimeDefault" },
        });
        assert.deepEqual(containerOf(all)["securityContext"], {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
        });
        assert.deepEqual(pod["volumes"], [
            { name: "server", secret: { secretName: "etcd-server-cert", defaultMode: 0o440 } },
            { name: "peer", secret: { secretName: "etcd-peer-cert", defaultMode: 0o440 } },
        ]);
    });

    it("starts members again when the authorities to trust change, and not for a new certificate", async () => {
        const annotation = async (authorities: number) => {
            const { all } = await declared({}, authorities);
            const { template } = specOf(all, "cp-etcd") as unknown as {
                template: { metadata: { annotations: Record<string, string> } };
            };
            return template.metadata.annotations["checksum/read-at-start"];
        };
        assert.match((await annotation(1))!, /^[0-9a-f]{64}$/);
        assert.notEqual(await annotation(1), await annotation(2));
    });

    it("keeps its shape where an update can compare it", async () => {
        const { all } = await declared();
        const metadata = one(all, "cp-etcd-service").inputs["metadata"] as {
            annotations: Record<string, string>;
        };
        assert.deepEqual(JSON.parse(metadata.annotations["etcd-shape"]!), {
            members: 3,
            storageClassName: "ebs-sc",
            storageSize: "10Gi",
        });
    });

    it("hands out the address of every member", async () => {
        const { result } = await declared();
        assert.deepEqual(
            result.serverUrls,
            [0, 1, 2].map((member) => `https://etcd-${member}.etcd.karmada-system.svc:2379`),
        );
        assert.equal(result.ready.length, 2);
    });
});
