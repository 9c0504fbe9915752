import assert from "node:assert/strict";
import { isSettled, statusAsJson, statusAsText, type Status } from "../../../../local/status";
import { workloadOf } from "../../../../local/status/bindings";

/** A ResourceBinding as Karmada writes it, cut to what matters here. */
function binding(wanted: Record<string, number>, ready: Record<string, number>) {
    return {
        apiVersion: "work.karmada.io/v1alpha2",
        kind: "ResourceBinding",
        metadata: { name: "nginx-deployment", namespace: "sample" },
        spec: {
            resource: {
                apiVersion: "apps/v1",
                kind: "Deployment",
                namespace: "sample",
                name: "nginx",
            },
            replicas: 12,
            clusters: Object.entries(wanted).map(([name, replicas]) => ({ name, replicas })),
            placement: {
                replicaScheduling: {
                    weightPreference: {
                        staticWeightList: [
                            { targetCluster: { clusterNames: ["eu1", "eu2"] }, weight: 1 },
                            { targetCluster: { clusterNames: ["us1"] }, weight: 2 },
                        ],
                    },
                },
            },
        },
        status: {
            aggregatedStatus: Object.entries(ready).map(([clusterName, readyReplicas]) => ({
                clusterName,
                status: { readyReplicas },
            })),
        },
    };
}

const settled = workloadOf(binding({ eu1: 3, eu2: 3, us1: 6 }, { eu1: 3, eu2: 3, us1: 6 }));
const members = ["eu1", "eu2", "us1"].map((name) => ({
    name,
    mode: "push",
    ready: name !== "eu2",
    region: "eu-central-1",
}));
const status: Status = { workloads: [settled], members };

describe("the status [WRK-8]", () => {
    it("tells per member what is predicted, wanted and running", () => {
        assert.deepEqual(settled.members, [
            { cluster: "eu1", predicted: 3, wanted: 3, running: 3 },
            { cluster: "eu2", predicted: 3, wanted: 3, running: 3 },
            { cluster: "us1", predicted: 6, wanted: 6, running: 6 },
        ]);
    });

    it("shows a member that should run some and does not run any", () => {
        const starting = workloadOf(binding({ eu1: 3, eu2: 3, us1: 6 }, { eu1: 3 }));
        assert.deepEqual(
            starting.members.map(({ running }) => running),
            [3, 0, 0],
        );
        assert.equal(isSettled(starting), false);
    });

    it("is settled only when Karmada decided as predicted and every member runs its part", () => {
        assert.equal(isSettled(settled), true);
        const otherwise = binding({ eu1: 4, eu2: 4, us1: 4 }, { eu1: 4, eu2: 4, us1: 4 });
        assert.equal(isSettled(workloadOf(otherwise)), false);
    });

    it("for machines has exactly the promised fields", () => {
        assert.deepEqual(statusAsJson(status), {
            workloads: [
                {
                    namespace: "sample",
                    name: "nginx",
                    replicas: 12,
                    members: [
                        { cluster: "eu1", predicted: 3, running: 3 },
                        { cluster: "eu2", predicted: 3, running: 3 },
                        { cluster: "us1", predicted: 6, running: 6 },
                    ],
                },
            ],
            members,
        });
    });

    it("for people is two tables", () => {
        assert.equal(
            statusAsText(status),
            [
                "MEMBER   REGION         MODE   READY",
                "eu1      eu-central-1   push   yes",
                "eu2      eu-central-1   push   no",
                "us1      eu-central-1   push   yes",
                "",
                "Deployment sample/nginx, 12 replicas",
                "MEMBER   WANTED   PREDICTED   RUNNING",
                "eu1           3           3         3",
                "eu2           3           3         3",
                "us1           6           6         6",
            ].join("\n"),
        );
    });

    it("without members says so", () => {
        assert.equal(statusAsText({ workloads: [], members: [] }), "No member has joined.");
    });
});
