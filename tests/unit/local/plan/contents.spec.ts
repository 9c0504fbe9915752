import assert from "node:assert/strict";
import { certificatesOf } from "../../../../local/plan/certificates";
import { Inventory } from "../../../../local/plan/inventory";
import { placementsOf } from "../../../../local/plan/placement";
import { treeOf } from "../../../../local/plan/tree";
import { cluster, component, network, planned } from "./planned";

describe("a plan's resources", () => {
    it("are counted by the component they are in, and what is alike shares a row", () => {
        const rows = treeOf(
            new Inventory([
                ...cluster("two"),
                ...cluster("one"),
                planned("kubernetes:core/v1:Namespace", "sample"),
            ]),
        );
        assert.deepEqual(rows, [
            {
                component: "KarmadaParentCluster",
                names: ["one", "two"],
                resources: 3,
                counts: { Cluster: 1, LaunchTemplate: 1, NodeGroup: 1 },
            },
            { component: "", names: [], resources: 1, counts: { Namespace: 1 } },
        ]);
    });

    it("are those of the nearest component, however deep they are in it", () => {
        const [row] = treeOf(new Inventory(network("karmada", "10.0.0.0/16")));
        assert.deepEqual(row!.counts, { Subnet: 4, Eip: 1, NatGateway: 1, Vpc: 1 });
    });
});

describe("a plan's certificates", () => {
    const now = new Date("2026-11-21T12:00:00Z");
    const request = planned("tls:index/certRequest:CertRequest", "karmada-admin-request-2", {
        subject: { commonName: "system:admin", organization: "system:masters" },
    });
    const inventory = new Inventory([
        request,
        planned(
            "tls:index/locallySignedCert:LocallySignedCert",
            "karmada-admin-certificate-2",
            { validityPeriodHours: 8760 },
            { after: [request] },
        ),
        planned("tls:index/selfSignedCert:SelfSignedCert", "karmada-etcd-authority-1", {
            subject: { commonName: "etcd-ca-1" },
            validityPeriodHours: 87600,
        }),
    ]);

    it("end when they would if they were issued now, authorities first", () => {
        assert.deepEqual(certificatesOf({ outputs: {} }, inventory, now), [
            {
                name: "karmada-etcd-authority-1",
                subject: "CN=etcd-ca-1",
                notAfter: "2036-11-18T12:00:00.000Z",
                renewal: "",
            },
            {
                name: "karmada-admin-certificate-2",
                subject: "CN=system:admin, O=system:masters",
                notAfter: "2027-11-21T12:00:00.000Z",
                renewal: "",
            },
        ]);
    });

    it("are those of the stack's own ledger where that is known", () => {
        const row = { name: "admin", subject: "CN=x", notAfter: "2027-01-01", renewal: "soon" };
        assert.deepEqual(certificatesOf({ outputs: { certificates: [row] } }, inventory, now), [
            row,
        ]);
    });
});

describe("a plan's placement", () => {
    const policy = planned("kubernetes:policy.karmada.io/v1alpha1:PropagationPolicy", "nginx", {
        metadata: { namespace: "sample" },
        spec: {
            resourceSelectors: [{ name: "nginx" }],
            placement: {
                replicaScheduling: {
                    weightPreference: {
                        staticWeightList: [
                            { targetCluster: { clusterNames: ["one"] }, weight: 1 },
                            { targetCluster: { clusterNames: ["two"] }, weight: 2 },
                        ],
                    },
                },
            },
        },
    });
    const placed = (predicted: unknown) =>
        placementsOf(
            {
                outputs: {
                    workloads: [{ namespace: "sample", name: "nginx", replicas: 9, predicted }],
                },
            },
            new Inventory([component("WeightedWorkload", "nginx"), policy]),
        )[0]!.members;

    it("has the weight and the predicted replicas of each member", () => {
        assert.deepEqual(placed([{ one: 3, two: 6 }]), [
            { member: "one", weight: 1, predicted: [3] },
            { member: "two", weight: 2, predicted: [6] },
        ]);
    });

    it("names both possibilities where a tie is decided only when it runs", () => {
        const [one] = placed([
            { one: 3, two: 6 },
            { one: 4, two: 5 },
        ]);
        assert.deepEqual(one!.predicted, [3, 4]);
    });
});
